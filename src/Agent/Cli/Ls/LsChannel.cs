using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>A pipe or socket that exists now, with everybody who has it open.</summary>
internal sealed class LsChannel
{
    private readonly List<LsHolder> _holders;

    private LsChannel(ChannelKey key, IReadOnlyList<Descriptor> descriptors)
    {
        Descriptor first = descriptors[0];
        Key = key;
        Info = first.Info;
        Name = ChannelNames.Name(key, first.Info);
        Queue = first.Queue;
        IsListening = first.IsListening;
        _holders = [.. descriptors.GroupBy(descriptor => descriptor.Pid).Select(group => new LsHolder(group.Key, group.First().Name, [.. group.OrderBy(d => d.Fd)])).OrderBy(holder => holder.Pid)];
    }

    /// <summary>Which one.</summary>
    public ChannelKey Key { get; }

    /// <summary>What the kernel knows of it.</summary>
    public ChannelInfo Info { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>What waits in it.</summary>
    public QueueState Queue { get; }

    /// <summary>Whether it is a socket that accepts connections.</summary>
    public bool IsListening { get; }

    /// <summary>Who has it open.</summary>
    public IReadOnlyList<LsHolder> Holders => _holders;

    /// <summary><c>pipe</c>, <c>unix stream</c>, <c>unix dgram</c>, <c>tcp</c> …</summary>
    public string Kind => KindOf(Info.Mechanism, Info.Kind);

    /// <summary>The same of a channel that may be gone.</summary>
    public static string KindOf(Mechanism mechanism, ChannelKind kind) => (mechanism, kind) switch
    {
        (Mechanism.Unix, ChannelKind.Stream) => "unix stream",
        (Mechanism.Unix, ChannelKind.Datagram) => "unix dgram",
        (Mechanism.Unix, ChannelKind.Seqpacket) => "unix seqpacket",
        _ => Words.Mechanisms[(int)mechanism],
    };

    /// <summary>All channels of a snapshot, by kind and number.</summary>
    public static List<LsChannel> Group(IEnumerable<Descriptor> descriptors) =>
        [.. descriptors
            .GroupBy(descriptor => descriptor.Key)
            .Select(group => new LsChannel(group.Key, [.. group]))
            .OrderBy(channel => channel.Info.Mechanism)
            .ThenBy(channel => channel.Key.Inode)];
}

/// <summary>A process that has a channel open.</summary>
/// <param name="Pid">Thread-group id.</param>
/// <param name="Name">Name of the thread-group leader.</param>
/// <param name="Descriptors">Its descriptors, by number.</param>
internal sealed record LsHolder(uint Pid, string Name, IReadOnlyList<Descriptor> Descriptors)
{
    /// <summary><c>redis-server[981]:6rw</c>, further descriptors behind commas.</summary>
    public override string ToString() => $"{Name}[{Pid}]:{string.Join(',', Descriptors.Select(d => $"{d.Fd}{Mode(d)}"))}";

    /// <summary><c>r</c>, <c>w</c> or <c>rw</c>.</summary>
    public static string Mode(Descriptor descriptor) => (descriptor.Readable ? "r" : "") + (descriptor.Writable ? "w" : "");
}
