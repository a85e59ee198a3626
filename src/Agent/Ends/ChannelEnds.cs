using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>
/// One look at who holds what, now. Lists hold processes that live, each once: the exact ones by pid, then the observed, then hints.
/// The look is not atomic: a descriptor that is handed over during the look may be seen twice or not at all.
/// What maps memory, and System V objects, are read at the first question about one: ask while the source is there. A key alone does not tell a futex
/// from memory: whoever knows the mechanism of a channel that nobody has a descriptor of or was seen using says it.
/// </summary>
public sealed class ChannelEnds
{
    private const Access ReadWrite = Access.Read | Access.Write;

    private readonly HeldChannels _held;
    private readonly SeenUsers _seen;
    private readonly SocketPeers _peers;
    private readonly ObjectEnds _objects;
    private readonly ProcessTable _processes;

    internal ChannelEnds(IReadOnlyList<Descriptor> descriptors, SeenUsers seen, ProcessTable processes, ObjectEnds objects)
    {
        Descriptors = descriptors;
        _held = new HeldChannels(descriptors);
        _seen = seen;
        _processes = processes;
        _objects = objects;
        _peers = new SocketPeers(_held.Sockets.Concat(_seen.Sockets(_held)));
    }

    /// <summary>Every process.</summary>
    public IEnumerable<RunningProcess> Processes => _processes.All;

    /// <summary>Every descriptor of a channel.</summary>
    public IReadOnlyList<Descriptor> Descriptors { get; }

    /// <summary>Who has this very channel: this socket, pipe, queue, segment. Of a signal or another's memory: the process it is about.</summary>
    public IReadOnlyList<End> Holders(in ChannelKey channel, Mechanism mechanism = Mechanism.None) => Gather(channel, ReadWrite | Access.Master, mechanism);

    /// <summary>All shared memory that is mapped, files apart, and who maps it.</summary>
    public IEnumerable<(Flows.Channel Memory, IReadOnlyList<End> Ends)> Memory() => _objects.Memory();

    /// <summary>Who can take out what is written into <paramref name="channel"/>: read ends of a pipe, who has the peer socket, who maps the memory.</summary>
    public IReadOnlyList<End> Readers(in ChannelKey channel, Mechanism mechanism = Mechanism.None) => Opposite(channel, Access.Read, mechanism);

    /// <summary>Who can put in what is read from <paramref name="channel"/>: of a socket that many are connected to, all of them.</summary>
    public IReadOnlyList<End> Writers(in ChannelKey channel, Mechanism mechanism = Mechanism.None) => Opposite(channel, Access.Write, mechanism);

    /// <summary>Who used this very channel and has ended or become another image since; known as long as their flows are kept, which is a second or two.</summary>
    public IReadOnlyList<End> Former(in ChannelKey channel) => [.. _seen.Of(channel).Where(end => end.Access != Access.None && !_processes.Lives(end.Process)).Distinct()];

    /// <summary>The other socket; null: there is none on this machine, or it cannot be told. A connection that nobody has accepted yet: the listening one.</summary>
    public ChannelKey? Peer(in ChannelKey channel) => _peers.Find(channel)?.Key;

    /// <summary>Whether it is a socket: has a peer of its own, where other channels have two ends.</summary>
    public bool IsSocket(in ChannelKey channel) => _peers.IsSocket(channel);

    /// <summary>How well <see cref="Peer"/> is known; <see cref="Certainty.Hint"/> without one.</summary>
    public Certainty PeerCertainty(in ChannelKey channel) => _peers.Find(channel)?.Certainty ?? Certainty.Hint;

    /// <summary>The address of a tcp, udp or vsock peer that is not on this machine; null: it is, or there is none.</summary>
    public string? Remote(in ChannelKey channel) => _peers.Remote(channel);

    /// <summary>Fill and limits now; null: nothing is known of them.</summary>
    public QueueState? Queue(in ChannelKey channel, Mechanism mechanism = Mechanism.None) =>
        _held.QueueOf(channel) ?? _objects.QueueOf(channel, MechanismOf(channel, mechanism));

    private List<End> Opposite(in ChannelKey channel, Access wanted, Mechanism mechanism)
    {
        if (MechanismOf(channel, mechanism) == Mechanism.Netlink)
        {
            return [End.Kernel];
        }
        if (!_peers.IsSocket(channel))
        {
            return Gather(channel, wanted, mechanism);
        }
        // What is read from a socket comes from all that are connected to it; what is written goes to its own peer.
        var ends = new EndList();
        IEnumerable<SocketPeer> opposite = wanted == Access.Write ? _peers.Toward(channel) : [];
        if (_peers.Find(channel) is { } peer)
        {
            opposite = opposite.Prepend(peer);
        }
        foreach (SocketPeer other in opposite.DistinctBy(other => other.Key))
        {
            ends.AddRange(Gather(other.Key, wanted, mechanism), other.Certainty);
        }
        if (ends.IsEmpty && _processes.Find(_held.CredentialOf(channel)) is { } named)
        {
            ends.Add(new End(named.Key, named.Name, ReadWrite, Certainty.Hint));
        }
        return ends.Sorted();
    }

    private List<End> Gather(in ChannelKey channel, Access wanted, Mechanism mechanism)
    {
        List<End> known = [.. _held.Of(channel)];
        if (known.Count == 0)
        {
            known = [.. _objects.Of(channel, MechanismOf(channel, mechanism))];
        }
        HashSet<ProcessKey> holders = [.. known.Select(end => end.Process)];
        var ends = new EndList();
        ends.AddRange(known
            .Concat(_seen.Of(channel).Where(end => _processes.Lives(end.Process) && !holders.Contains(end.Process)))
            .Where(end => (end.Access & wanted) != 0));
        return ends.Sorted();
    }

    private Mechanism MechanismOf(in ChannelKey channel, Mechanism told) =>
        told != Mechanism.None ? told : _held.MechanismOf(channel) ?? _seen.MechanismOf(channel);
}
