namespace Bench;

/// <summary>By what one sees that a tracer has attached.</summary>
internal enum Sign
{
    /// <summary>There is none to wait for: the control.</summary>
    Nothing,

    /// <summary>New BPF programs that trace, and no further one for a while.</summary>
    Programs,

    /// <summary>The tracer holds links of BPF programs, and no further one for a while: loading takes long, and costs calls nothing yet.</summary>
    Links,

    /// <summary>Every process of the workloads has a ptrace tracer.</summary>
    Ptrace,

    /// <summary>The tracer holds perf events, and no further one for a while.</summary>
    PerfEvents,
}

/// <summary>A way to trace, as a shell command line.</summary>
/// <param name="Name">As in the tables and in TRACERS=.</param>
/// <param name="Description">One line for the tables.</param>
/// <param name="CommandLine">From the ids of the workloads' processes, separated by commas; empty for the control.</param>
/// <param name="Sign">By what its start is seen.</param>
/// <param name="Slow">Whether it makes calls slower by orders of magnitude.</param>
internal sealed record Tracer(string Name, string Description, Func<string, string> CommandLine, Sign Sign, bool Slow = false)
{
    public const string Control = "control";
    public const string Empty = "empty";
    public const string Floor = "floor";
    public const string Ours = "ipcscope";
    public const string OursRing = "ipcscope-ring";
    public const string OursTrace = "ipcscope-trace";
    public const string Bpftrace = "bpftrace";
    public const string Command = "command";

    /// <summary>perf and bpftrace look for tracefs; mounted for them alone where it is not.</summary>
    private const string WithTracefs = "unshare --mount sh -c 'mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null; exec \"$@\"' sh";

    private const string Histogram =
        "tracepoint:syscalls:sys_enter_read, tracepoint:syscalls:sys_enter_write { @start[tid] = nsecs; } " +
        "tracepoint:syscalls:sys_exit_read, tracepoint:syscalls:sys_exit_write /@start[tid]/ " +
        "{ @duration[comm] = hist(nsecs - @start[tid]); delete(@start[tid]); }";

    /// <summary>All that can be measured, in the order of the tables.</summary>
    public static IReadOnlyList<Tracer> All(Settings settings)
    {
        var pair = $"{settings.Path("pair")} {settings.Path("pair.bpf.o")}";
        List<Tracer> all =
        [
            new(Control, "A/A: nothing attached, the noise", _ => "", Sign.Nothing),
            new(Empty, "empty tp_btf sys_enter + sys_exit", _ => $"{pair} empty", Sign.Programs),
            new(Floor, "the same, reading the clock twice", _ => $"{pair} floor", Sign.Programs),
            new(Ours, "ipcscope run", _ => Ipcscope.Run(settings, "kernel"), Sign.Links),
            new(OursRing, "ipcscope run, aggregation.mode: ring", _ => Ipcscope.Run(settings, "ring"), Sign.Links),
            new(OursTrace, "ipcscope trace -o json >/dev/null", _ => Ipcscope.Trace(settings), Sign.Links),
            new(Bpftrace, "bpftrace, histogram of read and write", _ => $"{WithTracefs} bpftrace -e '{Histogram}'", Sign.Programs),
            new("strace", "strace -f -c -p", pids => $"strace -f -c -p {pids}", Sign.Ptrace, Slow: true),
            new("perf", "perf trace -s -p", pids => $"{WithTracefs} perf trace -s -p {pids}", Sign.PerfEvents, Slow: true),
        ];
        if (settings.Command.Length > 0)
        {
            all.Add(new(Command, settings.Command, _ => settings.Command, Sign.Links));
        }

        return all;
    }
}
