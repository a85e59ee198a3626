using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>The part of a filter that the kernel decides (<c>struct filter</c> of the contract). Empty lists and zero mean no limit.</summary>
public sealed record KernelFilter
{
    /// <summary>The most names that the kernel compares.</summary>
    public const int MaximumNames = 8;

    /// <summary>No limit at all.</summary>
    public static KernelFilter None { get; } = new();

    /// <summary>Only these processes (thread-group ids in the first pid namespace).</summary>
    public IReadOnlyList<uint> Pids { get; init; } = [];

    /// <summary>Only watched processes, even if <see cref="Pids"/> is still empty: <see cref="CaptureSession.Watch"/> adds them.</summary>
    public bool OnlyWatched { get; init; }

    /// <summary>The children of watched processes, too.</summary>
    public bool FollowChildren { get; init; }

    /// <summary>Only processes with one of these names, at most <see cref="MaximumNames"/>, 15 bytes each.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Only these mechanisms.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = [];

    /// <summary>Only these operations.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>Single operations: only failed ones.</summary>
    public bool ErrorsOnly { get; init; }

    /// <summary>Single operations: only those that took at least this long, nanoseconds.</summary>
    public ulong MinimumDurationNs { get; init; }
}
