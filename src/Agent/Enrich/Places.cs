namespace Ipcscope.Enrich;

/// <summary>Tells where processes run: ids from the path of the cgroup, names if somebody knows them. Can be asked from any thread.</summary>
/// <param name="names">Who knows names; null: nobody.</param>
/// <param name="node">What this machine is called.</param>
public sealed class Places(PodTable? names = null, string node = "")
{
    /// <summary>Knows ids only.</summary>
    public static Places OfIds { get; } = new();

    /// <summary>What this machine is called.</summary>
    public string Node { get; } = node;

    /// <summary>Differs whenever a name may have become known since.</summary>
    internal int Version => names?.Version ?? 0;

    /// <summary>Where a process runs.</summary>
    internal Place Of(Flows.Process process) => Of(process.Where);

    /// <summary>What runs in a cgroup.</summary>
    /// <param name="id">Inode number of its directory; 0: not known.</param>
    /// <param name="pid">A process that is in it.</param>
    internal Place Of(ulong id, uint pid) => Of(Cgroups.Of(id, pid));

    /// <summary>What runs in a cgroup that a flow was seen in; <see cref="Place.Host"/> of any other. Reads nothing.</summary>
    internal Place OfSeen(ulong id) => Cgroups.Find(id) is { } known ? Of(known) : Place.Host;

    /// <summary>What a cgroup is. A name that was known once stays, whoever has gone.</summary>
    internal Place Of(Cgroup cgroup)
    {
        int version = Version;
        if (cgroup.Place is not { } place || (!place.IsComplete && cgroup.PlaceVersion != version))
        {
            place = Name(cgroup, cgroup.Place);
            (cgroup.Place, cgroup.PlaceVersion) = (place, version);
        }
        return place;
    }

    private Place Name(Cgroup cgroup, Place? before)
    {
        if (cgroup.ContainerId.Length == 0 && cgroup.PodUid.Length == 0)
        {
            return Place.Host with { Cgroup = cgroup.Path, IsComplete = true };
        }
        (Pod? pod, string? container) = names?.Find(cgroup.ContainerId, cgroup.PodUid) ?? (null, null);
        if (pod is null && before is not null)
        {
            return before;
        }
        return new Place
        {
            Container = container ?? cgroup.ContainerId[..Math.Min(Place.ShortId, cgroup.ContainerId.Length)],
            ContainerId = cgroup.ContainerId,
            Pod = pod?.Name ?? cgroup.PodUid,
            PodUid = cgroup.PodUid.Length > 0 ? cgroup.PodUid : pod?.Uid ?? "",
            Namespace = pod?.Namespace ?? "",
            Workload = pod?.Workload ?? "",
            Cgroup = cgroup.Path,
            IsComplete = pod is not null && container is not null,
        };
    }
}
