using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>What the running kernel can do, found out by asking and trying: versions do not tell, because distributions carry features back.</summary>
internal sealed record RunningKernel
{
    private static readonly string[] TraceFileSystems = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    /// <summary>Whether programs may load from kernel memory as from their own: bpf_rdonly_cast, 6.2.</summary>
    internal bool HasDirectLoads { get; init; }

    /// <summary>Whether a program at a raw tracepoint may be preempted, and another task's run of it skipped then (7.2).</summary>
    internal bool PreemptsTracepoints { get; init; }

    /// <summary>Where tracefs is mounted and may be read; null if nowhere.</summary>
    internal string? TraceFileSystem { get; init; }

    /// <summary>How many arguments a tracepoint gives to its programs; 0 if there is no such tracepoint.</summary>
    internal required Func<string, int> TracepointArguments { get; init; }

    /// <summary>Name of the object inside this binary that fits.</summary>
    internal string Image => HasDirectLoads ? ProgramImage.DirectLoads : ProgramImage.ProbeReads;

    /// <summary>Whether exits are seen by the trace event, which loses none where raw tracepoints do.</summary>
    internal bool ExitsByEvent => PreemptsTracepoints && TraceFileSystem is not null;

    /// <summary>Asks and tries.</summary>
    /// <exception cref="BpfException">The kernel has no type information.</exception>
    internal static RunningKernel Probe()
    {
        using KernelTypes types = KernelTypes.Load();
        return new RunningKernel
        {
            HasDirectLoads = types.HasFunction("bpf_rdonly_cast"),
            PreemptsTracepoints = SleepableProbe.Loads(types.TracepointType("sys_enter")),
            TraceFileSystem = FindTraceFileSystem(),
            TracepointArguments = UringPrograms.Tracepoints.ToDictionary(name => name, types.TracepointArguments).GetValueOrDefault,
        };
    }

    /// <summary>Where tracefs is mounted and may be read; null if nowhere.</summary>
    internal static string? FindTraceFileSystem() => TraceFileSystems.FirstOrDefault(path => File.Exists($"{path}/available_events"));
}
