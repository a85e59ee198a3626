using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Looks at the flows and tells what happened since the last look.</summary>
/// <param name="capture">The capture.</param>
/// <param name="time">Clocks.</param>
/// <param name="matches">Whether a flow or series is asked for; the kernel may have decided a part of it before.</param>
internal sealed class TopSampler(ICapture capture, TimeProvider time, TopFilter matches)
{
    private readonly CounterHistory<ulong> _flowHistory = new();
    private readonly CounterHistory<(ProcessKey Process, Mechanism Mechanism, Operation Operation)> _seriesHistory = new();
    private FlowSample[] _flows = [];
    private SeriesSample[] _series = [];
    private long _lookedAt = time.GetTimestamp();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary>Decides about flows.</summary>
    public TopFilter Matches { get; set; } = matches;

    /// <summary>Takes a look.</summary>
    public TopFrame Look()
    {
        var total = new TopRow("total", null, null);
        List<TopRow> channels = LookAtFlows();
        List<TopRow> processes = LookAtSeries(total);
        long now = time.GetTimestamp();
        double seconds = Math.Max(time.GetElapsedTime(_lookedAt, now).TotalSeconds, 1e-6);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        double share = (cpu - _cpu).TotalSeconds / seconds;
        (_lookedAt, _cpu) = (now, cpu);
        return new TopFrame(
            time.GetLocalNow(), seconds, channels, processes, total, capture.Flows.Flows, capture.Flows.FlowsLimit, new Losses(capture.ReadLosses()), share);
    }

    private List<TopRow> LookAtFlows()
    {
        Dictionary<ChannelKey, TopRow> rows = [];
        int count = capture.Flows.CopyFlows(ref _flows);
        _flowHistory.Begin();
        foreach (ref FlowSample flow in _flows.AsSpan(0, count))
        {
            _flowHistory.Difference(flow.Id, flow.Counters, out FlowCounters growth);
            if (!Matches(flow.Process, flow.Channel, flow.Channel.Mechanism, flow.Operation))
            {
                continue;
            }
            if (!rows.TryGetValue(flow.Channel.Key, out TopRow? row))
            {
                row = new TopRow(flow.Channel.Name, flow.Channel, null);
                rows.Add(flow.Channel.Key, row);
            }
            row.Add(flow.Process, flow.Channel.Mechanism, flow.Operation, 0, growth);
        }
        _flowHistory.End();
        return Complete(rows.Values);
    }

    // Series know of channels that are gone already, and of those that found no slot.
    private List<TopRow> LookAtSeries(TopRow total)
    {
        Dictionary<ProcessKey, TopRow> rows = [];
        int count = capture.Flows.CopySeries(ref _series);
        _seriesHistory.Begin();
        foreach (ref SeriesSample series in _series.AsSpan(0, count))
        {
            _seriesHistory.Difference((series.Process.Key, series.Mechanism, series.Operation), series.Counters, out FlowCounters growth);
            if (!Matches(series.Process, null, series.Mechanism, series.Operation))
            {
                continue;
            }
            if (!rows.TryGetValue(series.Process.Key, out TopRow? row))
            {
                row = new TopRow(series.Process.Name, null, series.Process);
                rows.Add(series.Process.Key, row);
            }
            row.Add(series.Process, series.Mechanism, series.Operation, series.Channels, growth);
            total.Add(series.Process, series.Mechanism, series.Operation, series.Channels, growth);
        }
        _seriesHistory.End();
        total.Complete();
        return Complete(rows.Values);
    }

    private static List<TopRow> Complete(IReadOnlyCollection<TopRow> rows)
    {
        foreach (TopRow row in rows)
        {
            row.Complete();
        }
        return [.. rows];
    }
}
