using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>Takes one operation where it lies in the ring: the reference is valid during the call only.</summary>
public delegate void OperationHandler(in OperationRecord record);

/// <summary>What a capture shall do.</summary>
public sealed record CaptureOptions
{
    /// <summary>The size of a ring that takes every operation: 58 ms of a million records a second, and 16 MiB of resident memory.</summary>
    public const int OperationsRingBytes = 8 << 20;

    /// <summary>How often such a ring is read.</summary>
    public static readonly TimeSpan OperationsPollInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>What the kernel leaves out.</summary>
    public KernelFilter Filter { get; init; } = KernelFilter.None;

    /// <summary>Where flows are counted: in the kernel (true) or from the single operations (false).</summary>
    public bool CountInKernel { get; init; } = true;

    /// <summary>Takes every single operation; null: none are sent.</summary>
    public OperationHandler? OnOperation { get; init; }

    /// <summary>Whether futexes within one process are observed, too.</summary>
    public bool PrivateFutexes { get; init; }

    /// <summary>Where the programs that see system calls are.</summary>
    public Attachment Attachment { get; init; }

    /// <summary>Whether times in queues and of answers are measured; needs <see cref="CountInKernel"/>.</summary>
    public bool Delivery { get; init; } = true;

    /// <summary>Whether the run time of the programs is estimated.</summary>
    public bool ProgramTimes { get; init; }

    /// <summary>Slots for queues: a fourth of <see cref="MaxFlows"/>, as a queue has two ends and each of them mostly a second operation.</summary>
    internal int MaxQueues => MaxFlows / 4;

    /// <summary>Slots for flows, 64 to 1,048,576.</summary>
    public int MaxFlows { get; init; } = 16384;

    /// <summary>How long a series stays after its process ended, and a flow keeps its slot without an operation.</summary>
    public TimeSpan IdleExpiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the ring is read.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the slots of idle flows and ended processes are taken back; under pressure it happens more often.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The object to load; null: the one inside this binary that fits the kernel.</summary>
    internal byte[]? Image { get; init; }

    /// <summary>Size of the ring buffer: a power of two, at least a page.</summary>
    public int RingBytes { get; init; } = 1 << 20;
}
