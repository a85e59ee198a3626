using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>What the running kernel can do, found out by asking and trying: versions do not tell, because distributions carry features back.</summary>
internal sealed record RunningKernel
{
    private const int KernelLacks = 3;

    // The youngest functions of the kernel that no form of the programs can do without: 5.8.
    private static readonly string[] Needed = ["bpf_ringbuf_reserve", "bpf_iter_task_file"];

    // And those of all forms but one: 5.11, 5.17, 6.1.
    private static readonly string[] Expected = ["bpf_task_storage_get", "bpf_loop", "mtree_load"];

    // Of 64-bit programs, and of 32-bit ones.
    private static readonly string[] CallFunctions = ["x64_sys_call", "ia32_sys_call"];

    private static readonly string[] TraceFileSystems = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    /// <summary>The programs of <see cref="Attachment.Functions"/>.</summary>
    internal static IReadOnlyList<string> AroundFunctions { get; } = ["ipcscope_exit_function", "ipcscope_ia32_exit", "ipcscope_enter_function", "ipcscope_ia32_enter"];

    /// <summary>Functions that all programs need and this kernel does not have; none if it can run them.</summary>
    internal IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>Functions that this kernel does not have, and that all programs use but those of <see cref="ProgramImage.NoTaskStorage"/>.</summary>
    internal IReadOnlyList<string> DoesWithout { get; init; } = [];

    /// <summary>Whether times in queues and of answers can be measured.</summary>
    internal bool TimesQueues => DoesWithout.Count == 0;

    /// <summary>Whether there is an iterator over mappings: 5.12.</summary>
    internal bool IteratesMappings { get; init; } = true;

    /// <summary>Whether programs may load from kernel memory as from their own: bpf_rdonly_cast, 6.2.</summary>
    internal bool HasDirectLoads { get; init; }

    /// <summary>Whether a program at a raw tracepoint may be preempted, and another task's run of it skipped then (7.2).</summary>
    internal bool PreemptsTracepoints { get; init; }

    /// <summary>Where tracefs is mounted and may be read; null if nowhere.</summary>
    internal string? TraceFileSystem { get; init; }

    /// <summary>How many arguments a tracepoint gives to its programs; 0 if there is no such tracepoint.</summary>
    internal required Func<string, int> TracepointArguments { get; init; }

    /// <summary>Whether programs can be put around the functions that perform system calls: x86, since they were given one each (2024).</summary>
    internal bool HasCallFunctions { get; init; }

    /// <summary>Name of the object inside this binary that fits.</summary>
    internal string Image => DoesWithout.Count > 0 ? ProgramImage.NoTaskStorage : HasDirectLoads ? ProgramImage.DirectLoads : ProgramImage.ProbeReads;

    /// <summary>Whether calls are seen by trace events, which lose none where raw tracepoints do.</summary>
    internal bool CallsByEvent => PreemptsTracepoints && TraceFileSystem is not null;

    /// <summary>Asks and tries.</summary>
    /// <exception cref="BpfException">The kernel has no type information.</exception>
    internal static RunningKernel Probe()
    {
        using KernelTypes types = KernelTypes.Load();
        bool casts = types.HasFunction("bpf_rdonly_cast");
        return new RunningKernel
        {
            Lacks = [.. Needed.Where(name => !types.HasFunction(name))],
            DoesWithout = [.. Expected.Where(name => !types.HasFunction(name))],
            IteratesMappings = types.HasFunction("bpf_iter_task_vma"),
            HasDirectLoads = casts,
            // Those that cannot cast pointers take the flag of any tracing program, and do not care (can_be_sleepable() in kernel/bpf/verifier.c came later).
            PreemptsTracepoints = casts && SleepableProbe.Loads(types.TracepointType("sys_enter")),
            HasCallFunctions = CallFunctions.All(types.HasFunction),
            TraceFileSystem = FindTraceFileSystem(),
            TracepointArguments = UringPrograms.Tracepoints.ToDictionary(name => name, types.TracepointArguments).GetValueOrDefault,
        };
    }

    /// <summary>The object that fits.</summary>
    /// <exception cref="CaptureException">None does.</exception>
    internal byte[] ReadImage() => Lacks.Count == 0
        ? ProgramImage.Read(Image)
        : throw new CaptureException(KernelLacks, $"cannot load eBPF programs: this kernel has no {string.Join(" and no ", Lacks)} (Linux 5.8 and later have them)");

    /// <summary>The programs that see system calls. Exits before entries: a call that begins in between is then counted without its duration, instead of being lost.</summary>
    /// <exception cref="CaptureException">The kernel has no such functions.</exception>
    internal IReadOnlyList<string> CallPrograms(Attachment attachment) => (attachment, HasCallFunctions, CallsByEvent) switch
    {
        (Attachment.Functions, true, _) => AroundFunctions,
        (Attachment.Functions, false, _) => throw new CaptureException(
            KernelLacks, $"cannot attach to functions: this kernel has no {string.Join(" and ", CallFunctions)} (set aggregation.attachment: tracepoints)"),
        (_, _, true) => ["ipcscope_exit_event", "ipcscope_enter_event"],
        _ => ["ipcscope_exit", "ipcscope_enter"],
    };

    /// <summary>Where tracefs is mounted and may be read; null if nowhere.</summary>
    internal static string? FindTraceFileSystem() => TraceFileSystems.FirstOrDefault(path => File.Exists($"{path}/available_events"));
}
