using System.Text.RegularExpressions;

namespace Ipcscope.Enrich;

/// <summary>A cgroup, and what its path says of where a process runs. Names of containers and pods are not in it, ids are.</summary>
/// <param name="path">From the root of the hierarchy: <c>/kubepods.slice/kubepods-pod1b2c_….slice/cri-containerd-3f4e….scope</c>.</param>
internal sealed partial class Cgroup(string path)
{
    /// <summary>The process ended before anybody looked.</summary>
    public static Cgroup Unknown { get; } = new("");

    /// <summary>The root: what is in no container.</summary>
    public static Cgroup Root { get; } = new("/");

    /// <summary>Inode number of its directory; 0: not known.</summary>
    public ulong Id { get; init; }

    /// <summary>Its path; empty: not known.</summary>
    public string Path { get; } = path;

    /// <summary>The container's id, 64 digits, of the innermost one; empty: it is in none. The process that watches a container is not in it.</summary>
    public string ContainerId { get; } = ContainerPattern().Matches(path).LastOrDefault()?.Groups["id"].Value ?? "";

    /// <summary>The uid of the Kubernetes pod, of the innermost one; empty: it is in none.</summary>
    public string PodUid { get; } = PodPattern().Matches(path).LastOrDefault()?.Groups["uid"].Value.Replace('_', '-') ?? "";

    /// <summary>The place with names, as far as they are known. <see cref="Places"/> keeps it.</summary>
    internal Place? Place { get; set; }

    /// <summary>What <see cref="Place"/> was made of: the version of the names.</summary>
    internal int PlaceVersion { get; set; }

    // docker-ID.scope, cri-containerd-ID.scope, crio-ID.scope, libpod-ID.scope, /docker/ID, /kubepods/…/ID, and what containerd makes of a
    // slice's name when the drivers differ: kubepods-….slice:cri-containerd:ID. Not crio-conmon-ID.scope and libpod-conmon-ID.scope.
    [GeneratedRegex("(?<=[-/:])(?<!conmon-)(?<id>[0-9a-f]{64})(?=$|/|\\.scope)", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerPattern();

    // systemd writes the uid with underscores; static pods have a plain hash.
    [GeneratedRegex("(?<=[-/])pod(?<uid>[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?=$|/|\\.slice)", RegexOptions.CultureInvariant)]
    private static partial Regex PodPattern();
}
