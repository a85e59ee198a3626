using System.Collections.Immutable;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What identifies a series: a flow without its channel.</summary>
internal readonly record struct SeriesKey(ProcessKey Process, Mechanism Mechanism, Operation Operation, Via Via = Via.Syscall, byte Detail = 0, ulong Cgroup = 0)
{
    /// <summary>The series that a flow belongs to.</summary>
    internal static SeriesKey Of(in FlowKey flow) => new(flow.Process, flow.Mechanism, flow.Operation, flow.Via, flow.Detail, flow.Cgroup);
}

/// <summary>The flows with one <see cref="SeriesKey"/>, and what those that are gone had counted.</summary>
internal sealed class Series(SeriesKey key, Process process)
{
    private FlowCounters _retired;
    private bool _hasRetired;
    private readonly Dictionary<int, ulong> _retiredErrors = [];

    internal SeriesKey Key { get; } = key;

    internal Process Process { get; } = process;

    /// <summary>The flows that own slots now.</summary>
    internal List<Flow> Live { get; } = [];

    /// <summary>Which change of the table was the last in its flows.</summary>
    internal ulong Changed { get; set; }

    /// <summary>Takes over what a flow has counted, and forgets the flow.</summary>
    internal void Retire(Flow flow, in FlowCounters counters)
    {
        Live.Remove(flow);
        _retired.Add(counters);
        _hasRetired = true;
        AddTo(_retiredErrors, flow.Errors);
    }

    /// <summary>Whether its process lives, or something has changed in it since a change of the table; 0: all have.</summary>
    internal bool IsRecent(ulong mark) => mark == 0 || Process.EndedAt == 0 || Live.Count > 0 || Changed > mark;

    /// <summary>Whether a sample is of this series, nothing was counted since it was made, and the numbers of its errors are known; flows have neither come nor gone.</summary>
    internal unsafe bool IsQuiet(FlowSlot* slots, in SeriesSample sample)
    {
        if (!ReferenceEquals(sample.Process, Process) || sample.Changed != Changed || sample.Key != Key)
        {
            return false;
        }
        foreach (Flow flow in Live)
        {
            if (!flow.IsQuiet(slots, sample.TakenAt) || slots[flow.Slot].Counters.Errors != flow.ErrorsKnown)
            {
                return false;
            }
        }
        return Seen(slots) == sample.Seen;
    }

    // Differs if anything was counted: records of single operations may come late.
    private unsafe ulong Seen(FlowSlot* slots)
    {
        ulong sum = 0;
        foreach (Flow flow in Live)
        {
            sum += slots[flow.Slot].Counters.LastSeen;
        }
        return sum;
    }

    /// <summary>Retired and live counters together, and whether they are what the sample had before. It has no errors yet.</summary>
    /// <returns>Whether there are errors whose numbers are not known yet.</returns>
    internal unsafe bool Copy(FlowSlot* slots, ref SeriesSample sample)
    {
        bool known = true;
        sample.Seen = Seen(slots);
        bool same = ReferenceEquals(sample.Process, Process) && sample.Key == Key && sample.Channels == Live.Count;
        if (Live.Count == 1 && !_hasRetired)
        {
            Put(slots[Live[0].Slot].Counters, ref sample, ref same);
            known = sample.Counters.Errors == Live[0].ErrorsKnown;
        }
        else
        {
            FlowCounters sum = _retired;
            foreach (Flow flow in Live)
            {
                sum.Add(slots[flow.Slot].Counters);
                known &= slots[flow.Slot].Counters.Errors == flow.ErrorsKnown;
            }
            Put(sum, ref sample, ref same);
        }
        sample.Process = Process;
        sample.Mechanism = Key.Mechanism;
        sample.Operation = Key.Operation;
        sample.Via = Key.Via;
        sample.Detail = Key.Detail;
        sample.Channels = Live.Count;
        sample.Changed = Changed;
        sample.IsUnchanged = same;
        return !known;
    }

    /// <summary>Retired and live errors together.</summary>
    internal void CopyErrors(ref SeriesSample sample)
    {
        ImmutableArray<ErrorCount> errors = sample.Counters.Errors == 0 ? [] : SumErrors();
        sample.IsUnchanged &= !sample.Errors.IsDefault && sample.Errors.AsSpan().SequenceEqual(errors.AsSpan());
        sample.Errors = errors;
    }

    // The kernel counts on meanwhile: what was found equal is what stays, and what is copied later is no longer the same.
    private static void Put(in FlowCounters counters, ref SeriesSample sample, ref bool same)
    {
        if (!counters.IsSame(sample.Counters))
        {
            sample.Counters = counters;
            same = false;
        }
    }

    private ImmutableArray<ErrorCount> SumErrors()
    {
        if (_retiredErrors.Count == 0 && Live.TrueForAll(flow => flow.Errors is null))
        {
            return [];
        }
        Dictionary<int, ulong> sum = new(_retiredErrors);
        foreach (Flow flow in Live)
        {
            AddTo(sum, flow.Errors);
        }
        return [.. sum.Select(entry => new ErrorCount(entry.Key, entry.Value))];
    }

    private static void AddTo(Dictionary<int, ulong> sum, Dictionary<int, ulong>? errors)
    {
        foreach ((int number, ulong count) in errors ?? [])
        {
            sum[number] = sum.GetValueOrDefault(number) + count;
        }
    }
}
