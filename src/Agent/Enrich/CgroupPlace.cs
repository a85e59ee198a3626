using System.Text.RegularExpressions;

namespace Ipcscope.Enrich;

/// <summary>What the path of a cgroup says of where a process runs. Names are not in it, ids are.</summary>
/// <param name="Container">The first twelve digits of the container's id; <c>host</c>: it is in none.</param>
/// <param name="Pod">The uid of the Kubernetes pod; <c>host</c>: it is in none.</param>
internal readonly partial record struct CgroupPlace(string Container, string Pod)
{
    private const string Host = "host";
    private const int ShortId = 12;

    /// <summary>The process ended before anybody looked.</summary>
    public static CgroupPlace Unknown { get; } = new("unknown", "unknown");

    /// <summary>From a path such as <c>/kubepods.slice/kubepods-pod1b2c_….slice/cri-containerd-3f4e….scope</c>.</summary>
    public static CgroupPlace Of(string path) => new(
        ContainerId().Matches(path).LastOrDefault() is { } id ? id.Groups["id"].Value[..ShortId] : Host,
        PodUid().Match(path) is { Success: true } pod ? pod.Groups["uid"].Value.Replace('_', '-') : Host);

    /// <summary>The path of a process's cgroup, /proc/PID/cgroup (cgroups(7)); null: the process has gone.</summary>
    public static string? ReadPath(uint pid)
    {
        try
        {
            // With version 1 there is one line a controller, and all of a container say the same; the unified one comes last.
            return File.ReadLines($"/proc/{pid}/cgroup").Select(static line => line.Split(':', 3)[^1]).MaxBy(static path => path.Length);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // docker-ID.scope, cri-containerd-ID.scope, crio-ID.scope, libpod-ID.scope, /docker/ID, /kubepods/…/ID.
    [GeneratedRegex("(?<=[-/])(?<id>[0-9a-f]{64})(?=$|/|\\.scope)", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerId();

    // systemd writes the uid with underscores; static pods have a plain hash.
    [GeneratedRegex("/(?:kubepods[-a-z]*-)?pod(?<uid>[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?=/|\\.slice)", RegexOptions.CultureInvariant)]
    private static partial Regex PodUid();
}
