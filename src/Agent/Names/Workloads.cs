namespace Ipcscope.Names;

/// <summary>What a pod belongs to.</summary>
internal static class Workloads
{
    /// <summary>By its labels and its name, which is the owner's with something behind it: where nobody says who owns it.</summary>
    public static string Guess(string pod, IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue("pod-template-hash", out string? template) && pod.IndexOf($"-{template}-", StringComparison.Ordinal) is > 0 and var at ? pod[..at]
        : (labels.TryGetValue("batch.kubernetes.io/job-name", out string? job) || labels.TryGetValue("job-name", out job)) && job.Length > 0 ? OfJob(job)
        : labels.ContainsKey("controller-revision-hash") && pod.LastIndexOf('-') is > 0 and var last ? pod[..last] // StatefulSet: an ordinal; DaemonSet: five letters
        : "";

    /// <summary>By its owner.</summary>
    /// <param name="kind">The owner's kind.</param>
    /// <param name="owner">The owner's name.</param>
    /// <param name="labels">The pod's.</param>
    public static string OfOwner(string kind, string owner, IReadOnlyDictionary<string, string> labels) => kind switch
    {
        "ReplicaSet" when labels.TryGetValue("pod-template-hash", out string? hash) && owner.EndsWith($"-{hash}", StringComparison.Ordinal) => owner[..^(hash.Length + 1)],
        "Job" => OfJob(owner),
        "Node" => "", // a static pod: nobody's
        _ => owner,
    };

    // A CronJob calls its jobs by its own name and the minute: eight digits.
    private static string OfJob(string job) =>
        job.LastIndexOf('-') is > 0 and var at && job.Length - at > 8 && job.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? job[..at] : job;
}
