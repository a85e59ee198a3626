using Ipcscope.Cli;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Remembers flows and series from one look to the next. For one thread at a time.</summary>
/// <param name="source">What processes do.</param>
internal sealed class Traffic(IFlowSource source)
{
    private const ulong Lateness = 30_000_000_000; // ns

    private readonly Dictionary<ulong, Traced> _flows = [];
    private readonly Dictionary<SeriesKey, Traced> _series = [];
    private FlowSample[] _flowBuffer = [];
    private SeriesSample[] _seriesBuffer = [];
    private uint _look;
    private ulong _lookedAt;

    /// <summary>Every flow.</summary>
    public IReadOnlyCollection<Traced> Flows => _flows.Values;

    /// <summary>Every series of processes that live or have ended lately.</summary>
    public IReadOnlyCollection<Traced> Series => _series.Values;

    /// <summary>Whether there was a look before the last one: else nothing is known of growth.</summary>
    public bool KnowsGrowth => _look > 1;

    /// <summary>What was done by processes that have ended.</summary>
    public Activity Gone { get; } = new();

    /// <summary>Looks.</summary>
    /// <param name="now">CLOCK_MONOTONIC nanoseconds.</param>
    public void Look(ulong now)
    {
        _look++;
        LookAtFlows();
        LookAtSeries(_look == 1 ? now : _lookedAt);
        _lookedAt = now;
    }

    private void LookAtFlows()
    {
        int flows = source.CopyFlows(ref _flowBuffer);
        foreach (ref FlowSample flow in _flowBuffer.AsSpan(0, flows))
        {
            if (!_flows.TryGetValue(flow.Id, out Traced? traced))
            {
                traced = new Traced(flow.Process, flow.Channel, flow.Channel.Mechanism, flow.Operation) { Via = flow.Via, Detail = flow.Detail };
                _flows.Add(flow.Id, traced);
            }
            traced.Take(flow.Counters, _look);
            traced.Errors = flow.Errors;
        }
        foreach ((ulong id, Traced flow) in _flows)
        {
            if (flow.Look != _look)
            {
                _flows.Remove(id);
            }
        }
    }

    // Ended processes may be many, and do not change: only their sum is kept. Images that a process has left by exec are still its own.
    // What a process did that was short may become known some time after its end.
    private void LookAtSeries(ulong since)
    {
        bool first = _look == 1;
        ulong recent = since > Lateness ? since - Lateness : 0;
        int count = first ? source.CopySeries(ref _seriesBuffer) : source.CopyRecentSeries(ref _seriesBuffer, recent);
        HashSet<(uint, ulong)> live = [];
        foreach (ref readonly SeriesSample sample in _seriesBuffer.AsSpan(0, count))
        {
            if (sample.Process.EndedAt == 0)
            {
                live.Add((sample.Process.Key.Pid, sample.Process.Key.StartTime));
            }
        }
        foreach (ref SeriesSample sample in _seriesBuffer.AsSpan(0, count))
        {
            if (sample.Process.EndedAt == 0 || sample.Process.EndedAt > recent || (first && live.Contains((sample.Process.Key.Pid, sample.Process.Key.StartTime))))
            {
                Trace(sample);
            }
            else if (first)
            {
                Gone.Add(OperationTraits.Direction(sample.Operation), sample.Counters);
            }
        }
        foreach ((SeriesKey key, Traced series) in _series)
        {
            if (series.Look == _look)
            {
                continue;
            }
            if (live.Contains((series.Process.Key.Pid, series.Process.Key.StartTime)))
            {
                series.Stay(_look);
                continue;
            }
            Gone.Add(series.Direction, series.Now);
            _series.Remove(key);
        }
    }

    private void Trace(in SeriesSample sample)
    {
        if (!_series.TryGetValue(sample.Key, out Traced? traced))
        {
            traced = new Traced(sample.Process, null, sample.Mechanism, sample.Operation) { Via = sample.Via, Detail = sample.Detail };
            _series.Add(sample.Key, traced);
        }
        traced.Take(sample.Counters, _look);
    }
}
