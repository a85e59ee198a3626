namespace Ipcscope.Enrich;

/// <summary>Where a process runs, in words. What does not apply or is not known is empty.</summary>
public sealed record Place
{
    /// <summary>How many digits of a container's id stand for it where nobody knows its name.</summary>
    internal const int ShortId = 12;

    /// <summary>Nowhere in particular: on the host.</summary>
    public static Place Host { get; } = new();

    /// <summary>The container's name; the first twelve digits of its id if nobody knows it.</summary>
    public string Container { get; init; } = "";

    /// <summary>The container's id.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary>The pod's name; its uid if nobody knows it.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The pod's uid, as the cgroup has it.</summary>
    public string PodUid { get; init; } = "";

    /// <summary>The pod's namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>What the pod belongs to: name of the Deployment, StatefulSet, DaemonSet, CronJob or Job.</summary>
    public string Workload { get; init; } = "";

    /// <summary>Path of the cgroup.</summary>
    public string Cgroup { get; init; } = "";

    /// <summary><c>in app of shop/web-1</c>, <c>in app</c>; empty: in no container.</summary>
    internal string Words => (Container.Length > 0 ? $"in {Container}" : "") + (Pod.Length > 0 ? $" of {(Namespace.Length > 0 ? $"{Namespace}/" : "")}{Pod}" : "");

    /// <summary>Whether it is a container, or a pod.</summary>
    internal bool IsContained => ContainerId.Length + PodUid.Length > 0;

    /// <summary>Whether there is no name left to be found.</summary>
    internal bool IsComplete { get; init; }
}
