using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>A channel that something went through: who put in, who took out, and what is known of its other end.</summary>
internal sealed class EdgeChannel(Channel channel)
{
    private const int ManyTakers = 64;

    private readonly Dictionary<Party, Taker> _takers = [];
    private readonly Dictionary<ulong, Feed> _feeds = [];
    private readonly Dictionary<ProcessKey, Certainty> _known = [];
    private readonly HashSet<ProcessKey> _masters = [];

    public Channel Channel => channel;

    public IReadOnlyCollection<Taker> Takers => _takers.Values;

    /// <summary>What waits to be told by edges.</summary>
    public IReadOnlyCollection<Feed> Feeds => _feeds.Values;

    /// <summary>Whether somebody ever put something in.</summary>
    public bool HasSource { get; private set; }

    /// <summary>Whether it has something new that a look may explain.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>The last update in which a flow of it lived.</summary>
    public uint Update { get; set; }

    /// <summary>The other socket.</summary>
    public ChannelKey? Peer { get; private set; }

    /// <summary>The address of a peer that is not on this machine.</summary>
    public string? Remote { get; private set; }

    /// <summary>Who could read at the far end when somebody was found there last.</summary>
    public IReadOnlyList<End> Readers { get; private set; } = [];

    public void Put(in FlowMove move, Party source, ulong operations, ulong bytes)
    {
        HasSource = true;
        ref Feed? feed = ref CollectionsMarshal.GetValueRefOrAddDefault(_feeds, move.Id, out _);
        (feed ??= new Feed(move, source)).Add(operations, bytes);
    }

    public void Take(Party party, ulong operations, ulong bytes) => TakerOf(party).Take(operations, bytes);

    public Taker TakerOf(Party party)
    {
        ref Taker? taker = ref CollectionsMarshal.GetValueRefOrAddDefault(_takers, party, out bool known);
        IsNew |= !known;
        return taker ??= new Taker(party);
    }

    /// <summary>How well it is known that this one is at the far end.</summary>
    public Certainty CertaintyOf(Party party) => _known.GetValueOrDefault(party.Process.Key, Certainty.Observed);

    /// <summary>Whether a process has the master side of this pseudo-terminal.</summary>
    public bool IsMaster(Party party) => _masters.Contains(party.Process.Key);

    /// <summary>Whether it is a pseudo-terminal whose sides can be told apart.</summary>
    public bool HasMaster => _masters.Count > 0;

    /// <summary>Keeps what a look shows; what was known better before stays.</summary>
    public void Learn(ChannelEnds ends)
    {
        ChannelKey key = channel.Key;
        Peer = ends.Peer(key) ?? Peer;
        Remote = ends.Remote(key) ?? Remote;
        IReadOnlyList<End> readers = ends.Readers(key, channel.Mechanism);
        Readers = readers.Count > 0 ? readers : Readers;
        foreach (End end in readers)
        {
            _known[end.Process] = (Certainty)Math.Min((byte)end.Certainty, (byte)_known.GetValueOrDefault(end.Process, Certainty.Hint));
        }
        if (_known.Count > ManyTakers + (2 * (readers.Count + _takers.Count)))
        {
            ForgetKnown();
        }
        if (channel.Mechanism == Mechanism.Pty)
        {
            _masters.UnionWith(ends.Holders(key, channel.Mechanism).Where(end => end.Access.HasFlag(Access.Master)).Select(end => end.Process));
        }
    }

    // Who has neither this end nor took anything lately is not told of any more.
    private void ForgetKnown()
    {
        HashSet<ProcessKey> wanted = [.. Readers.Select(end => end.Process), .. _takers.Keys.Select(party => party.Process.Key)];
        foreach (ProcessKey known in _known.Keys)
        {
            if (!wanted.Contains(known))
            {
                _known.Remove(known);
            }
        }
    }

    /// <summary>It has been looked at.</summary>
    public void Seen() => IsNew = false;

    /// <summary>Edges tell of everything that was put in.</summary>
    public void Clear() => _feeds.Clear();

    /// <summary>Ends an interval.</summary>
    public void EndInterval()
    {
        if (!_takers.Values.Any(taker => taker.IsFresh))
        {
            return; // the last ones that took stay the last ones
        }
        foreach (Taker taker in _takers.Values)
        {
            if (_takers.Count > ManyTakers && !taker.IsFresh && taker.Party.Process.EndedAt != 0)
            {
                _takers.Remove(taker.Party);
            }
            taker.EndInterval();
        }
    }
}
