using System.Globalization;
using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>Looks for others that observe system calls now: what they add to each call is measured with it.</summary>
internal static class TracerCheck
{
    private const string Name = "other tracers";
    private const int NamesShown = 4;

    // enum bpf_prog_type, include/uapi/linux/bpf.h: kprobe, tracepoint, perf event, raw tracepoint, writable raw tracepoint, tracing.
    private static readonly HashSet<int> TracingTypes = [2, 5, 7, 17, 24, 26];

    /// <summary>The check.</summary>
    public static Finding Check()
    {
        int[] pids = [.. Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out int pid) ? pid : 0).Where(pid => pid > 0)];
        IEnumerable<string> programs = pids
            .Where(pid => pid != Environment.ProcessId)
            .Select(pid => (Pid: pid, Count: CountPrograms(pid)))
            .Where(holder => holder.Count > 0)
            .Select(holder => $"{Label(holder.Pid)} holds {holder.Count} tracing {(holder.Count == 1 ? "program" : "programs")}");
        IEnumerable<string> ptrace = pids
            .Select(TracerOf)
            .Where(tracer => tracer > 0)
            .CountBy(tracer => tracer)
            .Select(tracer => $"{Label(tracer.Key)} traces {tracer.Value} {(tracer.Value == 1 ? "process" : "processes")} with ptrace");
        string found = string.Join(", ", programs.Concat(ptrace).Concat(Names()));
        return found.Length == 0
            ? Finding.Ok(Name, "none")
            : Finding.Warn(Name, found, "durations include what they add to each call, and what ipcscope adds counts in theirs");
    }

    // Whoever loaded them may have ended, or be in a container.
    private static IEnumerable<string> Names()
    {
        IReadOnlyList<string> names = OtherTracers.Names();
        return names.Count == 0 ? [] : [$"loaded: {string.Join(' ', names.Take(NamesShown))}{(names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "")}"];
    }

    private static string Label(int pid) => $"{KernelFile.Read($"/proc/{pid}/comm")}[{pid}]";

    private static int CountPrograms(int pid)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Count(fd => IsTracing(pid, fd));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0; // it has ended, or is somebody else's
        }
    }

    private static bool IsTracing(int pid, string fd) =>
        KernelFile.Link(fd) == "anon_inode:bpf-prog" && TracingTypes.Contains(Field($"/proc/{pid}/fdinfo/{Path.GetFileName(fd)}", "prog_type:"));

    private static int TracerOf(int pid) => Field($"/proc/{pid}/status", "TracerPid:");

    // The number behind a name; 0 if there is none.
    private static int Field(string path, string name)
    {
        string? line = KernelFile.Read(path)?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is not null && int.TryParse(line.AsSpan(name.Length), CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
