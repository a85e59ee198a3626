using System.Collections.Immutable;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Failed calls with one errno. 0 stands for those whose number found no room.</summary>
public readonly record struct ErrorCount(int Number, ulong Count);

/// <summary>The counters of one flow, copied at one moment.</summary>
public struct FlowSample
{
    /// <summary>Unique among all flows of this run.</summary>
    public ulong Id;
    /// <summary>Who.</summary>
    public Process Process;
    /// <summary>Through what.</summary>
    public Channel Channel;
    /// <summary>Doing what.</summary>
    public Operation Operation;
    /// <summary>How it was asked for.</summary>
    public Via Via;
    /// <summary><see cref="FlowKey.Detail"/>.</summary>
    public byte Detail;
    /// <summary>How much.</summary>
    public FlowCounters Counters;
    /// <summary>Failed calls by errno, as far as their numbers are known yet.</summary>
    public ImmutableArray<ErrorCount> Errors;
    /// <summary>What more is known of the channel now.</summary>
    public ChannelState State;
    /// <summary>Whether the counters are as they were when the buffer was filled last, where the source knows.</summary>
    public bool IsUnchanged;
    /// <summary>When this was filled, CLOCK_MONOTONIC nanoseconds.</summary>
    internal ulong TakenAt;
}

/// <summary>
/// The totals of one process image, mechanism, operation, via and detail over all channels, those that are gone included.
/// Monotonic as long as the series exists.
/// </summary>
public struct SeriesSample
{
    /// <summary>Who; its key is all zero in the overflow series.</summary>
    public Process Process;
    /// <summary>By which mechanism.</summary>
    public Mechanism Mechanism;
    /// <summary>Doing what.</summary>
    public Operation Operation;
    /// <summary>How it was asked for; <see cref="Via.Syscall"/> in the overflow series.</summary>
    public Via Via;
    /// <summary><see cref="FlowKey.Detail"/>; 0 in the overflow series.</summary>
    public byte Detail;
    /// <summary>How many channels are in use now.</summary>
    public int Channels;
    /// <summary>How much.</summary>
    public FlowCounters Counters;
    /// <summary>Failed calls by errno; their sum is <c>Counters.Errors</c>.</summary>
    public ImmutableArray<ErrorCount> Errors;
    /// <summary>Whether all of this is as it was when the buffer was filled last, where the source knows.</summary>
    public bool IsUnchanged;
    /// <summary>When this was filled, CLOCK_MONOTONIC nanoseconds.</summary>
    internal ulong TakenAt;
    /// <summary>The sum over its flows of when each was last seen.</summary>
    internal ulong Seen;
    /// <summary>Which change of the table was the last in its flows.</summary>
    internal ulong Changed;

    /// <summary>What tells it from all others.</summary>
    internal readonly SeriesKey Key => new(Process.Key, Mechanism, Operation, Via, Detail, Process.Cgroup);
}
