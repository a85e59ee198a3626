using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>
/// The rows that one filter lets through, kept from one look to the next: a row is made anew if something of it is not as before, and stays the same object if not.
/// For one thread at a time; a row that was made does not change.
/// </summary>
/// <param name="traffic">What was counted.</param>
/// <param name="filter">What is let through; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class RowBook(Traffic traffic, FilterExpression? filter, Places places)
{
    private readonly Dictionary<ChannelKey, ChannelRow> _channels = [];
    private readonly Dictionary<string, ProcessRow> _processes = [];
    private readonly FlowSubject _subject = new(places);
    private readonly WaitNotes _notes = new(filter, places);

    // Series know of channels that are gone already and of flows that found no slot, but nothing of single channels.
    private readonly bool _bySeries = filter is null || filter.Fields.All(field => field.Scopes.HasFlag(FilterScopes.Series));
    private uint _look;
    private int _places;

    /// <summary>The channels.</summary>
    public IReadOnlyDictionary<ChannelKey, ChannelRow> Channels => _channels;

    /// <summary>The same.</summary>
    public IReadOnlyCollection<ChannelRow> ChannelRows => _channels.Values;

    /// <summary>The processes, by id.</summary>
    public IReadOnlyDictionary<string, ProcessRow> Processes => _processes;

    /// <summary>Durations since the look before.</summary>
    public IReadOnlyDictionary<Mechanism, DurationBuckets> Latency { get; private set; } = new Dictionary<Mechanism, DurationBuckets>();

    /// <summary>Calls that wait.</summary>
    public IReadOnlyList<Wait> Waits => _notes.Wanted;

    /// <summary>Takes the last look.</summary>
    public void Update(WaitWatch waits)
    {
        bool all = _look == 0 || _look + 1 != traffic.Number || _places != places.Version;
        (_look, _places) = (traffic.Number, places.Version);
        if (all)
        {
            _channels.Clear();
            _processes.Clear();
        }
        foreach (ChannelKey gone in _notes.Alone.Concat(traffic.GoneChannels))
        {
            _channels.Remove(gone);
        }
        foreach (string gone in _notes.AloneProcesses.Concat(traffic.GoneProcesses))
        {
            _processes.Remove(gone);
        }
        _notes.Take(waits.Waits);
        var maker = new RowMaker(waits.Surroundings, places, _notes);
        foreach (ChannelTraffic channel in traffic.Channels)
        {
            ChannelRow? row = _channels.GetValueOrDefault(channel.Channel.Key);
            if (all || channel.Changed == _look || (row is not null && !maker.IsAsBefore(row)))
            {
                Put(channel, row, maker);
            }
        }
        foreach (ProcessTraffic process in traffic.Processes)
        {
            ProcessRow? row = _processes.GetValueOrDefault(process.Id);
            if (all || process.Changed == _look || !ReferenceEquals(_notes.Of(process.Id), row?.LongestWait))
            {
                Put(process, maker);
            }
        }
        _notes.AddAlone(_channels, _processes, maker);
        Latency = SumLatency();
    }

    private void Put(ChannelTraffic channel, ChannelRow? before, RowMaker maker)
    {
        List<Traced> wanted = Wanted(channel.Flows);
        if (wanted.Count == 0)
        {
            _channels.Remove(channel.Channel.Key);
            return;
        }
        IReadOnlyList<Traced> flows = before is not null && before.Flows.SequenceEqual(wanted) ? before.Flows : [.. wanted];
        _channels[channel.Channel.Key] = maker.Make(channel, flows, before);
    }

    private void Put(ProcessTraffic process, RowMaker maker)
    {
        List<Traced> flows = Wanted(process.Flows);
        List<Traced> did = _bySeries ? Wanted(process.Series) : flows;
        ProcessRow? row = flows.Count + did.Count == 0 ? null : maker.Make(process, did, flows);
        if (row is { IsShown: true })
        {
            _processes[process.Id] = row;
        }
        else
        {
            _processes.Remove(process.Id);
        }
    }

    // The list itself, which will change with the next look, if there is no filter.
    private List<Traced> Wanted(List<Traced> all) => filter is null ? all : [.. all.Where(Wants)];

    private bool Wants(Traced traced) => filter is null || filter.Matches(_subject.Of(traced));

    private Dictionary<Mechanism, DurationBuckets> SumLatency()
    {
        Dictionary<Mechanism, DurationBuckets> latency = [];
        foreach (ProcessTraffic process in traffic.Processes)
        {
            if (process.Changed != _look)
            {
                continue;
            }
            foreach (Traced traced in _bySeries ? process.Series : process.Flows)
            {
                if (traced.Grew && Wants(traced))
                {
                    DurationBuckets sum = latency.GetValueOrDefault(traced.Mechanism);
                    sum.Add(traced.Growth.Duration);
                    latency[traced.Mechanism] = sum;
                }
            }
        }
        return latency;
    }
}
