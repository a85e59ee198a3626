using System.Runtime.InteropServices;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Remembers flows and series from one look to the next, and what of them is not as before. For one thread at a time.</summary>
/// <param name="source">What processes do.</param>
internal sealed class Traffic(IFlowSource source)
{
    private const int Spare = 4;

    private readonly Dictionary<ulong, Traced> _flows = [];
    private readonly Dictionary<SeriesKey, Traced> _series = [];
    private readonly Dictionary<ChannelKey, ChannelTraffic> _channels = [];
    private readonly Dictionary<(uint, ulong), ProcessTraffic> _processes = [];
    private readonly HashSet<(uint, ulong)> _live = [];
    private readonly List<ChannelKey> _goneChannels = [];
    private readonly List<string> _goneProcesses = [];
    private readonly EndedTraffic _ended = new();
    private FlowSample[] _flowBuffer = [];
    private SeriesSample[] _seriesBuffer = [];
    private ulong _mark;

    /// <summary>Which look was the last.</summary>
    public uint Number { get; private set; }

    /// <summary>Every series of processes that live or did something since the look before.</summary>
    public IReadOnlyCollection<Traced> Series => _series.Values;

    /// <summary>Channels in use.</summary>
    public IReadOnlyCollection<ChannelTraffic> Channels => _channels.Values;

    /// <summary>Processes that use them, and those that have ended only now.</summary>
    public IReadOnlyCollection<ProcessTraffic> Processes => _processes.Values;

    /// <summary>Channels that were in use at the look before.</summary>
    public IReadOnlyList<ChannelKey> GoneChannels => _goneChannels;

    /// <summary>Ids of processes that were there at the look before.</summary>
    public IReadOnlyList<string> GoneProcesses => _goneProcesses;

    /// <summary>How many processes live.</summary>
    public int Live => _live.Count;

    /// <summary>Whether there was a look before the last one: else nothing is known of growth.</summary>
    public bool KnowsGrowth => Number > 1;

    /// <summary>What was done by processes that have ended.</summary>
    public Activity Gone => _ended.Sum;

    /// <summary>Whether a channel is in use.</summary>
    public bool IsUsed(in ChannelKey channel) => _channels.ContainsKey(channel);

    /// <summary>Looks.</summary>
    public void Look()
    {
        Number++;
        _goneChannels.Clear();
        _goneProcesses.Clear();
        LookAtFlows();
        LookAtSeries();
    }

    private void LookAtFlows()
    {
        int flows = source.CopyFlowsQuickly(ref _flowBuffer);
        foreach (ref FlowSample flow in _flowBuffer.AsSpan(0, flows))
        {
            if (!_flows.TryGetValue(flow.Id, out Traced? traced))
            {
                _flows.Add(flow.Id, traced = Begin(flow));
            }
            traced.Take(flow.Counters, flow.IsUnchanged, Number);
            traced.Errors = flow.Errors;
        }
        if (_flows.Count == flows)
        {
            return;
        }
        foreach ((ulong id, Traced flow) in _flows)
        {
            if (flow.Look != Number)
            {
                _flows.Remove(id);
                End(flow);
            }
        }
    }

    private Traced Begin(in FlowSample flow)
    {
        ref ChannelTraffic? through = ref CollectionsMarshal.GetValueRefOrAddDefault(_channels, flow.Channel.Key, out _);
        through ??= new ChannelTraffic(flow.Channel);
        through.Channel = flow.Channel; // one that was out of use meanwhile is described anew
        var traced = new Traced(UserOf(flow.Process), flow.Process, through, flow.Channel.Mechanism, flow.Operation) { Via = flow.Via, Detail = flow.Detail };
        through.Flows.Add(traced);
        traced.User.Flows.Add(traced);
        traced.User.ForgetChannels();
        return traced;
    }

    private void End(Traced flow)
    {
        ChannelTraffic through = flow.Through!;
        through.Flows.Remove(flow);
        through.Changed = Number;
        if (through.Flows.Count == 0)
        {
            _channels.Remove(through.Channel.Key);
            _goneChannels.Add(through.Channel.Key);
        }
        flow.User.Flows.Remove(flow);
        flow.User.ForgetChannels();
        Leave(flow);
    }

    // Ended processes may be many, and do not change: only their sum is kept. Images that a process has left by exec are still its own.
    private void LookAtSeries()
    {
        int count = source.CopyRecentSeries(ref _seriesBuffer, ref _mark);
        _live.Clear();
        foreach (ref readonly SeriesSample sample in _seriesBuffer.AsSpan(0, count))
        {
            if (sample.Process.EndedAt == 0)
            {
                _live.Add(Of(sample.Process));
            }
        }
        foreach (ref SeriesSample sample in _seriesBuffer.AsSpan(0, count))
        {
            if (_series.TryGetValue(sample.Key, out Traced? traced))
            {
                // What stays as it was after its end is told of no more.
                if (sample.Process.EndedAt == 0 || _live.Contains(Of(sample.Process)) || !sample.Counters.IsSame(traced.Now))
                {
                    traced.Take(sample.Counters, sample.IsUnchanged, Number);
                }
            }
            else if (sample.Process.EndedAt == 0 || _live.Contains(Of(sample.Process)) || (Number > 1 && !_ended.Knows(sample.Key)))
            {
                Begin(sample).Take(sample.Counters, isUnchanged: false, Number);
            }
            else
            {
                _ended.Add(sample.Key, OperationTraits.Direction(sample.Operation), sample.Counters);
            }
        }
        EndSeries();
        if (_seriesBuffer.Length > Spare * (count + 64))
        {
            Array.Resize(ref _seriesBuffer, 2 * (count + 64)); // the first look tells of all that have ended, which may be forty megabytes
        }
    }

    private Traced Begin(in SeriesSample sample)
    {
        var traced = new Traced(UserOf(sample.Process), sample.Process, null, sample.Mechanism, sample.Operation) { Via = sample.Via, Detail = sample.Detail };
        traced.User.Series.Add(traced);
        _series.Add(sample.Key, traced);
        return traced;
    }

    private void EndSeries()
    {
        foreach ((SeriesKey key, Traced series) in _series)
        {
            if (series.Look == Number)
            {
                continue;
            }
            if (_live.Contains(Of(series.Process)))
            {
                series.Stay(Number);
                continue;
            }
            _ended.Add(key, series.Direction, series.Now);
            _series.Remove(key);
            series.User.Series.Remove(series);
            Leave(series);
        }
    }

    private void Leave(Traced traced)
    {
        ProcessTraffic user = traced.User;
        user.Changed = Number;
        if (user.Flows.Count == 0 && user.Series.Count == 0)
        {
            _processes.Remove(Of(traced.Process));
            _goneProcesses.Add(user.Id);
        }
    }

    private ProcessTraffic UserOf(Process process) => CollectionsMarshal.GetValueRefOrAddDefault(_processes, Of(process), out _) ??= new ProcessTraffic(process.Key);

    private static (uint, ulong) Of(Process process) => (process.Key.Pid, process.Key.StartTime);
}
