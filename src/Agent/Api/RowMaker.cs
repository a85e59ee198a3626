using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>Makes rows of one look.</summary>
/// <param name="surroundings">Who is around channels.</param>
/// <param name="places">Tells where processes run.</param>
/// <param name="notes">Who waits.</param>
internal sealed class RowMaker(Surroundings surroundings, Places places, WaitNotes notes)
{
    /// <summary>Whether a channel whose flows are as before is as before.</summary>
    public bool IsAsBefore(ChannelRow row) =>
        ReferenceEquals(row.Around, surroundings.Of(row.Channel.Key)) && row.HighWater == row.Channel.HighWater && ReferenceEquals(row.LongestWait, notes.Of(row.Channel.Key));

    /// <summary>A channel that was used.</summary>
    /// <param name="traffic">What goes through it.</param>
    /// <param name="flows">Those of its flows that are told of; the very list of the row before if they are the same.</param>
    /// <param name="before">The row that this one replaces; null: there is none.</param>
    public ChannelRow Make(ChannelTraffic traffic, IReadOnlyList<Traced> flows, ChannelRow? before)
    {
        Channel channel = traffic.Channel;
        Around around = surroundings.Of(channel.Key);
        int ended = 0;
        foreach (Traced flow in flows)
        {
            ended += flow.Process.EndedAt != 0 ? 1 : 0;
        }
        bool sameEnds = before is not null && ReferenceEquals(before.Flows, flows) && ReferenceEquals(before.Around, around) && before.Ends.Ended == ended;
        var row = new ChannelRow(channel, traffic.Id)
        {
            Flows = flows,
            Around = around,
            LongestWait = notes.Of(channel.Key),
            Head = before is not null && ReferenceEquals(before.Channel, channel) && ReferenceEquals(before.Name, channel.Name) ? before.Head : ChannelJson.Head(channel, traffic.Id),
            Ends = sameEnds ? before!.Ends : new ChannelEndpoints(ended),
        };
        row.Activity.Add(flows);
        if (!sameEnds)
        {
            AddEndpoints(row);
        }
        row.Parts = EdgePart.Of(row);
        return row;
    }

    /// <summary>A process that did something.</summary>
    public ProcessRow Make(ProcessTraffic traffic, IReadOnlyList<Traced> did, IReadOnlyList<Traced> flows)
    {
        IReadOnlyList<Traced> all = did.Count > 0 ? did : flows;
        Process first = (all.FirstOrDefault(traced => traced.Process.EndedAt == 0) ?? all[0]).Process;
        var row = new ProcessRow(first, traffic.Id)
        {
            Place = places.Of(first),
            Traffic = traffic,
            Channels = flows.Count == traffic.Flows.Count ? traffic.Channels : flows.Select(flow => flow.Channel!.Key).ToHashSet(),
            LongestWait = notes.Of(traffic.Id),
        };
        foreach (Traced flow in flows)
        {
            row.See(flow.Process);
        }
        foreach (Traced traced in did)
        {
            row.See(traced);
        }
        row.Activity.Add(did);
        return row;
    }

    /// <summary>A channel in which somebody waits, and of which nothing was counted.</summary>
    public ChannelRow MakeChannel(Wait wait)
    {
        CallInProgress call = wait.Call;
        var channel = new Channel(call.Flow.Channel, call.Flow.Mechanism) { Name = call.Channel, Kind = call.Info.Kind, Peer = ChannelNames.Peer(call.Info) };
        string id = Ids.Of(call.Flow.Channel);
        var row = new ChannelRow(channel, id) { LongestWait = wait, Head = ChannelJson.Head(channel, id), Ends = new ChannelEndpoints() };
        row.Endpoints.Add(new Endpoint { Process = call.Flow.Process, Id = Ids.Of(call.Flow.Process), Name = call.Name, Place = places.Of(call.Cgroup, call.Pid), Certainty = Certainty.Exact });
        row.Parts = EdgePart.Of(row);
        return row;
    }

    /// <summary>A process that waits, and of which nothing was counted.</summary>
    public ProcessRow MakeProcess(Wait wait, string id)
    {
        var process = new Process(wait.Call.Flow.Process, wait.Call.Name, wait.Call.Cgroup);
        return new ProcessRow(process, id) { Place = places.Of(process), LongestWait = wait };
    }

    private void AddEndpoints(ChannelRow row)
    {
        foreach (Traced flow in row.Flows)
        {
            if (flow.Process.EndedAt == 0)
            {
                Access access = flow.Direction switch { DataDirection.Out => Access.Write, DataDirection.In => Access.Read, _ => Access.None };
                Add(row, flow.Process.Key, flow.User.Id, flow.Process.Name, access, Certainty.Observed, isPeer: false, places.Of(flow.Process));
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
        if (Find(row, end.Process, isPeer) is { } known)
        {
            known.Access = known.Access == Access.None ? end.Access : known.Access;
            known.Certainty = (Certainty)Math.Min((byte)known.Certainty, (byte)end.Certainty);
            return;
        }
        ulong cgroup = surroundings.CgroupOf(end.Process);
        Add(row, end.Process, Ids.Of(end.Process), end.Name, end.Access, end.Certainty, isPeer, cgroup == 0 ? Place.Host : places.Of(cgroup, end.Process.Pid));
    }

    private static void Add(ChannelRow row, in ProcessKey process, string id, string name, Access access, Certainty certainty, bool isPeer, Place place)
    {
        if (Find(row, process, isPeer) is { } known)
        {
            known.Access |= access;
            return;
        }
        row.Endpoints.Add(new Endpoint { Process = process, Id = id, Name = name, Place = place, Access = access, Certainty = certainty, IsPeer = isPeer });
    }

    private static Endpoint? Find(ChannelRow row, in ProcessKey process, bool isPeer)
    {
        foreach (Endpoint known in row.Endpoints)
        {
            if (known.Process.Pid == process.Pid && known.Process.StartTime == process.StartTime && known.IsPeer == isPeer)
            {
                return known;
            }
        }
        return null;
    }
}
