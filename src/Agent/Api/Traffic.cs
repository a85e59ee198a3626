using Ipcscope.Flows;

using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Remembers flows and series from one look to the next. For one thread at a time.</summary>
/// <param name="source">What processes do.</param>
internal sealed class Traffic(IFlowSource source)
{
    private readonly Dictionary<ulong, Traced> _flows = [];
    private readonly Dictionary<SeriesKey, Traced> _series = [];
    private FlowSample[] _flowBuffer = [];
    private SeriesSample[] _seriesBuffer = [];
    private uint _look;

    /// <summary>Every flow.</summary>
    public IReadOnlyCollection<Traced> Flows => _flows.Values;

    /// <summary>Every series, those of ended processes included until they expire.</summary>
    public IReadOnlyCollection<Traced> Series => _series.Values;

    /// <summary>Whether there was a look before the last one: else nothing is known of growth.</summary>
    public bool KnowsGrowth => _look > 1;

    /// <summary>Looks.</summary>
    public void Look()
    {
        _look++;
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
        int series = source.CopySeries(ref _seriesBuffer);
        foreach (ref SeriesSample sample in _seriesBuffer.AsSpan(0, series))
        {
            if (!_series.TryGetValue(sample.Key, out Traced? traced))
            {
                traced = new Traced(sample.Process, null, sample.Mechanism, sample.Operation) { Via = sample.Via, Detail = sample.Detail };
                _series.Add(sample.Key, traced);
            }
            traced.Take(sample.Counters, _look);
        }
        Forget(_flows);
        Forget(_series);
    }

    private void Forget<TKey>(Dictionary<TKey, Traced> traced)
        where TKey : notnull
    {
        foreach ((TKey key, Traced each) in traced)
        {
            if (each.Look != _look)
            {
                traced.Remove(key);
            }
        }
    }
}
