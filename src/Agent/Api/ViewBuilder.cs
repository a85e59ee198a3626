using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>Makes rows of one look for one filter.</summary>
/// <param name="traffic">What was counted.</param>
/// <param name="surroundings">Who is around channels.</param>
/// <param name="filter">What is let through; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class ViewBuilder(Traffic traffic, Surroundings surroundings, FilterExpression? filter, Places places)
{
    private readonly FlowSubject _subject = new(places);
    private readonly Dictionary<ChannelKey, ChannelRow> _channels = [];
    private readonly Dictionary<string, ProcessRow> _processes = [];
    private readonly Dictionary<Mechanism, DurationBuckets> _latency = [];

    /// <summary>The channels.</summary>
    public IReadOnlyDictionary<ChannelKey, ChannelRow> Channels => _channels;

    /// <summary>The processes, by id.</summary>
    public IReadOnlyDictionary<string, ProcessRow> Processes => _processes;

    /// <summary>Durations since the look before.</summary>
    public IReadOnlyDictionary<Mechanism, DurationBuckets> Latency => _latency;

    /// <summary>Makes the rows.</summary>
    public void AddTraffic()
    {
        // Series know of channels that are gone already and of flows that found no slot, but nothing of single channels.
        bool bySeries = filter is null || filter.Fields.All(field => field.Scopes.HasFlag(FilterScopes.Series));
        foreach (Traced flow in traffic.Flows)
        {
            if (filter is null || filter.Matches(_subject.Of(flow)))
            {
                AddFlow(flow);
                if (!bySeries)
                {
                    AddToProcess(flow);
                }
            }
        }
        foreach (Traced series in bySeries ? traffic.Series : [])
        {
            if (filter is null || filter.Matches(_subject.Of(series)))
            {
                AddToProcess(series);
            }
        }
        foreach (ChannelRow row in _channels.Values)
        {
            row.Around = surroundings.Of(row.Channel.Key);
            AddEndpoints(row);
        }
        foreach (string id in _processes.Where(each => !each.Value.IsShown).Select(each => each.Key).ToArray())
        {
            _processes.Remove(id);
        }
    }

    /// <summary>Notes the calls that wait; gives those that the filter lets through.</summary>
    public IReadOnlyList<Wait> AddWaits(IReadOnlyList<Wait> waits)
    {
        List<Wait> wanted = [.. waits.Where(wait => filter is null || filter.Matches(new Findings.CallSubject(wait.Call, wait.Call.Pid, wait.Call.Name, wait.Call.Cgroup, places)))];
        foreach (Wait wait in wanted)
        {
            CallInProgress call = wait.Call;
            if (!_channels.TryGetValue(call.Flow.Channel, out ChannelRow? channel))
            {
                // It may have begun before anything was counted.
                channel = new ChannelRow(new Channel(call.Flow.Channel, call.Flow.Mechanism) { Name = call.Channel, Kind = call.Info.Kind, Peer = ChannelNames.Peer(call.Info) }, Ids.Of(call.Flow.Channel));
                if (call.Reason is WaitReason.Full or WaitReason.Lock)
                {
                    _channels.Add(call.Flow.Channel, channel);
                    channel.Endpoints.Add(new Endpoint { Process = call.Flow.Process, Name = call.Name, Place = places.Of(call.Cgroup, call.Pid), Certainty = Certainty.Exact });
                }
            }
            channel.Note(wait);
            string id = Ids.Of(call.Flow.Process);
            if (!_processes.TryGetValue(id, out ProcessRow? process) && call.Reason is WaitReason.Full or WaitReason.Lock)
            {
                process = Row(new Process(call.Flow.Process, call.Name, call.Cgroup), id);
            }
            process?.Note(wait);
        }
        return wanted;
    }

    private void AddFlow(Traced flow)
    {
        Channel channel = flow.Channel!;
        if (!_channels.TryGetValue(channel.Key, out ChannelRow? row))
        {
            _channels.Add(channel.Key, row = new ChannelRow(channel, Ids.Of(channel.Key)));
        }
        row.Activity.Add(flow);
        row.Flows.Add(flow);
        string id = Ids.Of(flow.Process.Key);
        (_processes.TryGetValue(id, out ProcessRow? process) ? process : Row(flow.Process, id)).Channels.Add(channel.Key);
    }

    private void AddToProcess(Traced traced)
    {
        string id = Ids.Of(traced.Process.Key);
        (_processes.TryGetValue(id, out ProcessRow? process) ? process : Row(traced.Process, id)).Add(traced);
        if (traced.Grew)
        {
            DurationBuckets sum = _latency.GetValueOrDefault(traced.Mechanism);
            for (int i = 0; i < DurationBuckets.Count; i++)
            {
                sum[i] += traced.Growth.Duration[i];
            }
            _latency[traced.Mechanism] = sum;
        }
    }

    private ProcessRow Row(Process process, string id)
    {
        var row = new ProcessRow(process, id) { Place = places.Of(process) };
        _processes.Add(id, row);
        return row;
    }

    private void AddEndpoints(ChannelRow row)
    {
        foreach (Traced flow in row.Flows)
        {
            if (flow.Process.EndedAt == 0)
            {
                Access access = flow.Direction switch { DataDirection.Out => Access.Write, DataDirection.In => Access.Read, _ => Access.None };
                Add(row, flow.Process.Key, flow.Process.Name, access, Certainty.Observed, isPeer: false, flow.Process.Cgroup);
            }
        }
        foreach (End holder in row.Around.Holders)
        {
            AddHeld(row, holder, isPeer: false);
        }
        foreach (End peer in row.Around.Opposite)
        {
            AddHeld(row, peer, isPeer: true);
        }
    }

    // What somebody does says more than what it could do.
    private void AddHeld(ChannelRow row, End end, bool isPeer)
    {
        Endpoint? known = row.Endpoints.Find(other => other.Process.Pid == end.Process.Pid && other.Process.StartTime == end.Process.StartTime && other.IsPeer == isPeer);
        if (known is not null)
        {
            known.Access = known.Access == Access.None ? end.Access : known.Access;
            known.Certainty = (Certainty)Math.Min((byte)known.Certainty, (byte)end.Certainty);
            return;
        }
        Add(row, end.Process, end.Name, end.Access, end.Certainty, isPeer, surroundings.CgroupOf(end.Process));
    }

    private void Add(ChannelRow row, in ProcessKey process, string name, Access access, Certainty certainty, bool isPeer, ulong cgroup)
    {
        uint pid = process.Pid;
        ulong start = process.StartTime;
        if (row.Endpoints.Find(other => other.Process.Pid == pid && other.Process.StartTime == start && other.IsPeer == isPeer) is { } known)
        {
            known.Access |= access;
            return;
        }
        row.Endpoints.Add(new Endpoint { Process = process, Name = name, Place = cgroup == 0 ? Place.Host : places.Of(cgroup, pid), Access = access, Certainty = certainty, IsPeer = isPeer });
    }
}
