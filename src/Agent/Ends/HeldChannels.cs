using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>Descriptors by the channel that they refer to.</summary>
internal sealed class HeldChannels
{
    private readonly Dictionary<ChannelKey, List<Descriptor>> _channels = [];

    public HeldChannels(IEnumerable<Descriptor> descriptors)
    {
        foreach (Descriptor descriptor in descriptors)
        {
            ref List<Descriptor>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(_channels, descriptor.Key, out _);
            (list ??= []).Add(descriptor);
        }
    }

    public IEnumerable<SocketEnd> Sockets => _channels.Values.Select(list => list[0]).Where(first => SocketEnd.IsOne(first.Info.Mechanism)).Select(SocketEnd.Of);

    public bool Contains(in ChannelKey channel) => _channels.ContainsKey(channel);

    public IEnumerable<End> Of(in ChannelKey channel) =>
        _channels.TryGetValue(channel, out List<Descriptor>? list) ? list.Select(d => new End(d.Process, d.Name, AccessOf(d), Certainty.Exact)) : [];

    public Mechanism? MechanismOf(in ChannelKey channel) => First(channel)?.Info.Mechanism;

    public QueueState? QueueOf(in ChannelKey channel) => First(channel)?.Queue;

    public uint CredentialOf(in ChannelKey channel) => First(channel) is { IsListening: false } first ? first.Credential : 0;

    private static Access AccessOf(Descriptor descriptor) =>
        (descriptor.Readable ? Access.Read : 0) | (descriptor.Writable ? Access.Write : 0) | (descriptor.IsMaster ? Access.Master : 0);

    private Descriptor? First(in ChannelKey channel) => _channels.TryGetValue(channel, out List<Descriptor>? list) ? list[0] : null;
}
