using System.Diagnostics;
using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>
/// Who gave how much to whom: everything that is put into a channel goes along one edge, or is divided among several; the sum over the edges of a
/// process is what it has put in. One thread observes and settles; any thread copies.
/// </summary>
/// <param name="journal">What flows move.</param>
/// <param name="isWanted">Asked of both ends of an edge; null: all are wanted.</param>
public sealed class EdgeTable(IFlowJournal journal, Func<FlowMove, bool>? isWanted = null)
{
    /// <summary>The most edges that are kept of which nothing more is expected.</summary>
    internal const int RestingLimit = 32768;

    private readonly Lock _gate = new();
    private readonly Parties _parties = new();
    private readonly Dictionary<ChannelKey, EdgeChannel> _channels = [];
    private readonly Dictionary<ulong, (ulong Operations, ulong Bytes)> _told = [];
    private readonly Dictionary<(Party Source, Party Destination, Mechanism Mechanism), Edge> _edges = [];
    private FlowMove[] _moves = [];
    private uint _update;
    private ulong _settlements;
    private ulong _given;
    private ulong _expiredEarly;
    private (ulong Known, ulong Unknown) _gone;
    private StageCount _ledger = new(Stages.Edges, 0, 0, 0);

    /// <summary>Whether something has come that a look at the ends may explain.</summary>
    public bool WantsLook { get; private set; }

    /// <summary>What the kernel refuses of what edges are made from.</summary>
    public IReadOnlyList<MissingPart> Missing { get; internal set; } = [];

    /// <summary>Operations that put something in, those whose taker is known, and those whose taker is not; as of the last <see cref="Settle"/>, whatever is wanted.</summary>
    public StageCount Ledger
    {
        get
        {
            lock (_gate)
            {
                return _ledger;
            }
        }
    }

    /// <summary>What is not known of what was put in, and edges that had to go before their time because there were too many.</summary>
    public IReadOnlyList<LossCount> Losses
    {
        get
        {
            lock (_gate)
            {
                return [LossCause.UnknownPeer.Of(_ledger.Lost), LossCause.EdgeExpiredEarly.Of(_expiredEarly)];
            }
        }
    }

    /// <summary>When edges told of something new last, nanoseconds of CLOCK_MONOTONIC; read it in the same turn as <see cref="Copy"/>.</summary>
    public ulong SettledAt { get; private set; }

    /// <summary>All processes that are at an end of an edge, or may be.</summary>
    public IReadOnlyCollection<Party> Processes => _parties.Processes;

    /// <summary>Takes what was moved since the last time. Edges do not tell of it before <see cref="Settle"/>.</summary>
    public void Observe()
    {
        _update++;
        int count = journal.Copy(ref _moves);
        foreach (ref readonly FlowMove move in _moves.AsSpan(0, count))
        {
            Take(move);
        }
        WantsLook = _channels.Values.Any(channel => channel.IsNew);
    }

    /// <summary>Asks who is at the far end of all channels of which that is not known yet.</summary>
    /// <param name="source">Looks.</param>
    /// <exception cref="Capture.CaptureException">The kernel cannot be asked.</exception>
    public void Look(IEndSource source)
    {
        ChannelEnds ends = source.Read(new SeenFlows(_channels.Values));
        _parties.Meet(ends.Processes);
        // A socket that only takes may know its peer when that does not know it: who sent before it was accepted.
        foreach (EdgeChannel channel in _channels.Values.Where(channel => (channel.HasSource || SocketEnd.IsOne(channel.Channel.Mechanism)) && IsOpen(channel)))
        {
            channel.Learn(ends);
        }
        foreach (EdgeChannel channel in _channels.Values)
        {
            channel.Seen();
        }
        WantsLook = false;
    }

    /// <summary>Divides what was put in among those who took it out: edges tell of it from now on.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _settlements++;
            new Settlement(_channels, _parties).Settle(Tell);
            _ledger = new StageCount(Stages.Edges, _given, _gone.Known, _gone.Unknown);
            SettledAt = (ulong)Stopwatch.GetTimestamp();
        }
        foreach ((ChannelKey key, EdgeChannel channel) in _channels)
        {
            if (channel.Update != _update)
            {
                _channels.Remove(key);
            }
        }
    }

    /// <summary>Lets edges go of which nothing more is expected: a parent may have children without end, and a server clients.</summary>
    /// <param name="now">CLOCK_MONOTONIC nanoseconds.</param>
    /// <param name="after">How long they stay.</param>
    public void Expire(ulong now, TimeSpan after)
    {
        _parties.FindEnded(now);
        ulong age = (ulong)after.TotalNanoseconds;
        List<((Party, Party, Mechanism) Key, Edge Edge)> resting = [];
        foreach (((Party, Party, Mechanism) key, Edge edge) in _edges)
        {
            edge.Note(now);
            if (edge.RestsSince != 0)
            {
                resting.Add((key, edge));
            }
        }
        resting.Sort(static (one, other) => (one.Edge.RestsSince, one.Edge.Changed).CompareTo((other.Edge.RestsSince, other.Edge.Changed)));
        lock (_gate)
        {
            for (int i = 0; i < resting.Count; i++)
            {
                bool old = now - resting[i].Edge.RestsSince > age;
                if (!old && resting.Count - i <= RestingLimit)
                {
                    break;
                }
                _edges.Remove(resting[i].Key);
                _expiredEarly += old ? 0UL : 1;
            }
        }
        _parties.Keep([
            .. _edges.Keys.Select(key => key.Source), .. _edges.Keys.Select(key => key.Destination),
            .. _channels.Values.SelectMany(channel => channel.Takers.Select(taker => taker.Party).Concat(channel.Feeds.Select(feed => feed.Source))),
        ]);
    }

    /// <summary>Copies all edges into <paramref name="buffer"/>, which is grown as needed and meant to be reused.</summary>
    /// <returns>How many entries are valid.</returns>
    public int Copy(ref EdgeSample[] buffer) => CopyThose(ref buffer, all: true);

    /// <summary>The same without edges of which an end has gone and to which the last two settlements have added nothing: they may be many.</summary>
    /// <returns>How many entries are valid.</returns>
    public int CopyRecent(ref EdgeSample[] buffer) => CopyThose(ref buffer, all: false);

    private int CopyThose(ref EdgeSample[] buffer, bool all)
    {
        lock (_gate)
        {
            int count = 0;
            foreach (((Party source, Party destination, Mechanism mechanism), Edge edge) in _edges)
            {
                if (!all && edge.Changed + 2 <= _settlements && !edge.Lives)
                {
                    edge.WasLeftOut = true;
                    continue;
                }
                if (count == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Max(64, 2 * count));
                }
                buffer[count++] = new EdgeSample(source, destination, mechanism, edge.Operations, edge.Bytes, edge.Certainty) { WasLeftOut = edge.WasLeftOut };
            }
            return count;
        }
    }

    private void Take(in FlowMove move)
    {
        (ulong operations, ulong bytes) = Growth(move);
        if (operations == 0 && bytes == 0)
        {
            if (move.Channel is { } idle && _channels.TryGetValue(idle.Key, out EdgeChannel? known))
            {
                known.Update = _update;
            }
            return;
        }
        Party party = _parties.Of(move.Process);
        _given += Direction.IsPut(move) ? operations : 0;
        if (move.Channel is null)
        {
            if (Direction.IsPut(move))
            {
                lock (_gate)
                {
                    Tell(new Feed(move, party), _parties.Unknown, operations, bytes, Certainty.Hint);
                }
            }
            return;
        }
        ref EdgeChannel? channel = ref CollectionsMarshal.GetValueRefOrAddDefault(_channels, move.Channel.Key, out _);
        channel ??= new EdgeChannel(move.Channel);
        channel.Update = _update;
        if (Direction.IsPut(move))
        {
            channel.Put(move, party, operations, bytes);
        }
        else if (Direction.IsTake(move))
        {
            channel.Take(party, operations, bytes);
        }
    }

    private (ulong Operations, ulong Bytes) Growth(in FlowMove move)
    {
        ref (ulong Operations, ulong Bytes) told = ref CollectionsMarshal.GetValueRefOrAddDefault(_told, move.Id, out _);
        (ulong, ulong) growth = (move.Operations - told.Operations, move.Bytes - told.Bytes);
        told = (move.Operations, move.Bytes);
        if (move.IsLast)
        {
            _told.Remove(move.Id);
        }
        return growth;
    }

    // Whom traffic has shown at the far end of a lock or queue needs no look, which would read every mapping.
    private bool IsOpen(EdgeChannel channel) => channel.Channel.Mechanism switch
    {
        Mechanism.Netlink => false,
        Mechanism.Futex or Mechanism.SysvSem or Mechanism.SysvMsg => channel.IsNew && channel.Takers.Count == 0,
        _ => channel.IsNew || channel.Peer is not { } peer || !_channels.TryGetValue(peer, out EdgeChannel? other) || other.IsNew || other.Takers.Count == 0,
    };

    private void Tell(Feed feed, Party destination, ulong operations, ulong bytes, Certainty certainty)
    {
        if (destination.Kind == PartyKind.Unknown)
        {
            _gone.Unknown += operations;
        }
        else
        {
            _gone.Known += operations;
        }
        if ((operations == 0 && bytes == 0) || !IsWanted(feed.Move, destination))
        {
            return;
        }
        (Party from, Party to) = Direction.IsFetch(feed.Move) ? (destination, feed.Source) : (feed.Source, destination);
        ref Edge? edge = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, (from, to, feed.Move.Mechanism), out _);
        (edge ??= new Edge(from, to)).Add(operations, bytes, certainty);
        edge.Changed = _settlements;
    }

    private bool IsWanted(in FlowMove move, Party destination) =>
        isWanted is null || isWanted(move) || (destination.Kind == PartyKind.Process && isWanted(Direction.FarSide(move, destination.Process)));
}
