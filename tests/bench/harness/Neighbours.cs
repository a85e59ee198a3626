namespace Bench;

/// <summary>Other tracers on this machine. One tracepoint anywhere slows every call of every task, so none may run beside a measurement.</summary>
internal static class Neighbours
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Tracing BPF programs that are loaded, "ID TYPE NAME" each.</summary>
    /// <exception cref="InvalidOperationException">They cannot be listed.</exception>
    public static IReadOnlyList<string> Programs(Settings settings) =>
        Child.Ask(settings.Path("attached"))?.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        ?? throw new InvalidOperationException("cannot list BPF programs: run as root");

    /// <summary>What traces now, in words; empty when nothing does.</summary>
    public static string Busy(Settings settings)
    {
        var busy = Programs(settings).Select(program => $"BPF program {program}").ToList();
        if (Runs("perf"))
        {
            busy.Add("perf");
        }

        return string.Join(", ", busy);
    }

    /// <summary>Whether a program of this name runs.</summary>
    public static bool Runs(string name) => Directory.GetDirectories("/proc").Any(process => Comm(process) == name);

    /// <summary>ftrace events that somebody has switched on; read through a mount of our own, as tracefs may not be mounted.</summary>
    public static string Ftrace() =>
        Child.Ask("unshare", "--mount", "sh", "-c", "mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null; cat /sys/kernel/tracing/set_event")?.Trim().ReplaceLineEndings(", ") ?? "";

    /// <summary>The kernel frees programs a moment after their owner has gone.</summary>
    /// <returns>Whether nothing traces any more.</returns>
    public static bool Gone(Settings settings) => Waited(settings, Farewell).Length == 0;

    /// <summary>Waits for a tracer that came up in mid-run to go.</summary>
    /// <returns>Whether it went.</returns>
    public static bool WaitUntilGone(Settings settings)
    {
        var busy = Waited(settings, Farewell);
        if (busy.Length == 0)
        {
            return true;
        }

        Progress.Show($"waiting for another tracer to go: {busy}");
        return Waited(settings, Patience).Length == 0;
    }

    private static string Waited(Settings settings, TimeSpan patience)
    {
        var deadline = DateTime.UtcNow + patience;
        for (; ; Thread.Sleep(50))
        {
            var busy = Busy(settings);
            if (busy.Length == 0 || DateTime.UtcNow > deadline)
            {
                return busy;
            }
        }
    }

    private static string Comm(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return ""; // not a process, or gone
        }
    }
}
