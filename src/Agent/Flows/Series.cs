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
    private readonly Dictionary<int, ulong> _retiredErrors = [];

    internal SeriesKey Key { get; } = key;

    internal Process Process { get; } = process;

    /// <summary>The flows that own slots now.</summary>
    internal List<Flow> Live { get; } = [];

    /// <summary>Takes over what a flow has counted, and forgets the flow.</summary>
    internal void Retire(Flow flow, in FlowCounters counters)
    {
        Live.Remove(flow);
        _retired.Add(counters);
        AddTo(_retiredErrors, flow.Errors);
    }

    /// <summary>Retired and live counters together.</summary>
    internal unsafe void Sum(FlowSlot* slots, out FlowCounters counters)
    {
        counters = _retired;
        foreach (Flow flow in Live)
        {
            counters.Add(slots[flow.Slot].Counters);
        }
    }

    /// <summary>Retired and live errors together.</summary>
    internal ImmutableArray<ErrorCount> SumErrors()
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
