namespace Bench;

/// <summary>Which versions were compared with: another bpftrace is another result.</summary>
internal static class Tools
{
    public static IReadOnlyList<string> Versions() =>
        [.. from tool in (string[])["bpftrace", "strace", "perf", "redis-server"]
            let said = Child.Ask("/bin/sh", "-c", $"exec {tool} --version 2>/dev/null")
            where !string.IsNullOrEmpty(said)
            select said.Split('\n')[0].Split(" sha=")[0]];
}
