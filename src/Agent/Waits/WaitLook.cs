using System.Diagnostics;
using Ipcscope.Ends;

namespace Ipcscope.Waits;

/// <summary>Who waited for whom at one moment.</summary>
public sealed class WaitLook
{
    internal WaitLook(IReadOnlyList<Wait> waits, ChannelEnds ends, Threads threads)
    {
        Waits = waits;
        Ends = ends;
        Threads = threads;
    }

    /// <summary>When it was, nanoseconds of CLOCK_MONOTONIC.</summary>
    public ulong Time { get; } = (ulong)Stopwatch.GetTimestamp();

    /// <summary>Every call in progress, those that do not wait included.</summary>
    public IReadOnlyList<Wait> Waits { get; }

    /// <summary>Who held what.</summary>
    public ChannelEnds Ends { get; }

    /// <summary>What threads did.</summary>
    internal Threads Threads { get; }
}
