using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>Looks at the flows and tells what happened since the last look.</summary>
/// <param name="capture">The capture.</param>
/// <param name="time">Clocks.</param>
/// <param name="waits">Finds out who could end a wait.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class TopSampler(ICapture capture, TimeProvider time, WaitObserver waits, Places places)
{
    private readonly CounterHistory<ulong> _flowHistory = new();
    private readonly CounterHistory<SeriesKey> _seriesHistory = new();
    private readonly TopPeers _peers = new();
    private readonly FlowSubject _subject = new(places);
    private FlowSample[] _flows = [];
    private SeriesSample[] _series = [];
    private long _lookedAt = time.GetTimestamp();
    private bool _someoneWaits = true;
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary>What is asked for; null: everything.</summary>
    public FilterExpression? Filter { get; set; }

    /// <summary>Operations that were asked for, in all looks.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Takes a look.</summary>
    public TopFrame Look()
    {
        var rows = new TopRows(places);
        // Series know of channels that are gone already and of those that found no slot, but nothing of single channels.
        bool ofSeries = Filter is null || Filter.Fields.All(field => field.Scopes.HasFlag(FilterScopes.Series));
        LookAtFlows(rows, alone: !ofSeries);
        LookAtSeries(rows, shown: ofSeries);
        ChannelEnds? ends = LookAtWaits(rows);
        _peers.Tell(rows.Channels.Where(row => row.IsActive), () => ends ?? waits.LookAtEnds(capture.Flows));
        rows.Complete();
        Operations += rows.Total.Operations;
        long now = time.GetTimestamp();
        double seconds = Math.Max(time.GetElapsedTime(_lookedAt, now).TotalSeconds, 1e-6);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        double share = (cpu - _cpu).TotalSeconds / seconds;
        (_lookedAt, _cpu) = (now, cpu);
        return new TopFrame(time.GetLocalNow(), seconds, rows, capture.Flows.Flows, capture.Flows.FlowsLimit, new Losses(capture.ReadLosses()), share);
    }

    private void LookAtFlows(TopRows rows, bool alone)
    {
        int count = capture.Flows.CopyFlows(ref _flows);
        _flowHistory.Begin();
        foreach (ref FlowSample flow in _flows.AsSpan(0, count))
        {
            _flowHistory.Difference(flow.Id, flow.Counters, out FlowCounters growth);
            if (Filter is null || Filter.Matches(_subject.Of(flow)))
            {
                rows.AddToChannel(flow, growth);
                if (alone)
                {
                    rows.AddToProcess(flow.Process, flow.Channel.Mechanism, flow.Operation, growth);
                }
            }
        }
        _flowHistory.End();
    }

    // Whoever reads and finds nothing is idle; and only if somebody else waits is it worth to look who holds what. Event loops wait for room in no call of
    // their own: some did at the last look, or have just found none. Gives who holds what, if that was looked at.
    private ChannelEnds? LookAtWaits(TopRows rows)
    {
        IReadOnlyList<CallInProgress> calls = capture.ReadCalls();
        if (!_someoneWaits && rows.Total.WouldBlock == 0 && !calls.Any(call => IsWait(call) && IsWanted(call)))
        {
            return null;
        }
        WaitLook look = waits.Look(calls, capture.Flows);
        Wait[] found = [.. look.Waits.Where(wait => IsWait(wait.Call) && IsWanted(wait.Call))];
        _someoneWaits = found.Any(wait => wait.Call.IsPoll);
        foreach (Wait wait in found)
        {
            rows.AddToBoth(wait);
        }
        return look.Ends;
    }

    private static bool IsWait(CallInProgress call) => call.Reason is WaitReason.Full or WaitReason.Lock;

    private bool IsWanted(CallInProgress call) => Filter is null || Filter.Matches(new CallSubject(call, call.Pid, call.Name, call.Cgroup, places));

    private void LookAtSeries(TopRows rows, bool shown)
    {
        int count = capture.Flows.CopySeries(ref _series);
        _seriesHistory.Begin();
        foreach (ref SeriesSample series in _series.AsSpan(0, count))
        {
            _seriesHistory.Difference(series.Key, series.Counters, out FlowCounters growth);
            if (shown && (Filter is null || Filter.Matches(_subject.Of(series))))
            {
                rows.AddToProcess(series.Process, series.Mechanism, series.Operation, growth);
            }
        }
        _seriesHistory.End();
    }
}
