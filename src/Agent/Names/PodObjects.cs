using Ipcscope.Enrich;

namespace Ipcscope.Names;

/// <summary>From what the API server says to pods.</summary>
internal static class PodObjects
{
    private const string StaticHash = "kubernetes.io/config.hash";

    /// <summary>The pod; null: it has no name yet.</summary>
    public static Pod? Read(PodObject pod)
    {
        if (pod.Metadata is not { Name: { } name, Uid: { } uid } metadata)
        {
            return null;
        }
        Dictionary<string, string> labels = metadata.Labels ?? [];
        PodOwner? owner = metadata.OwnerReferences?.OrderByDescending(owner => owner.Controller == true).FirstOrDefault();
        Dictionary<string, string> containers = [];
        foreach (ContainerStatus status in Statuses(pod.Status))
        {
            // containerd://3f4e…, cri-o://3f4e…, docker://3f4e…; empty before it was started.
            if (status is { Name: { } container, ContainerId: { } id } && id.IndexOf("://", StringComparison.Ordinal) is > 0 and var at)
            {
                containers[id[(at + 3)..]] = container;
            }
        }
        return new Pod(UidInCgroups(metadata) ?? uid, name, metadata.Namespace ?? "", Workloads.OfOwner(owner?.Kind ?? "", owner?.Name ?? "", labels), containers);
    }

    // The kubelet runs a static pod before the API server has heard of it, and calls its cgroup by the hash of its configuration.
    private static string? UidInCgroups(PodMetadata metadata) => metadata.Annotations?.GetValueOrDefault(StaticHash);

    private static IEnumerable<ContainerStatus> Statuses(PodStatus? status) =>
        (status?.ContainerStatuses ?? []).Concat(status?.InitContainerStatuses ?? []).Concat(status?.EphemeralContainerStatuses ?? []);
}
