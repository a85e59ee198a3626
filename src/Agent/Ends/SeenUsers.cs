using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Ends;

/// <summary>What traffic showed: who used which channel.</summary>
internal sealed class SeenUsers
{
    private readonly Dictionary<ChannelKey, (Channel Channel, List<End> Users)> _channels = [];

    public SeenUsers(IFlowSource? flows)
    {
        flows?.TellUsers(Add);
    }

    private void Add(Process process, Channel channel, Operation operation)
    {
        ref (Channel Channel, List<End> Users) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_channels, channel.Key, out bool known);
        if (!known)
        {
            entry = (channel, []);
        }
        entry.Users.Add(new End(process.Key, process.Name, AccessOf(operation), Certainty.Observed));
    }

    public IEnumerable<End> Of(in ChannelKey channel) => _channels.TryGetValue(channel, out (Channel, List<End> Users) entry) ? entry.Users : [];

    public Mechanism MechanismOf(in ChannelKey channel) => _channels.TryGetValue(channel, out (Channel Channel, List<End>) entry) ? entry.Channel.Mechanism : Mechanism.None;

    /// <summary>Sockets that nobody has a descriptor of any more.</summary>
    public IEnumerable<SocketEnd> Sockets(HeldChannels held) => _channels.Values
        .Select(entry => entry.Channel)
        .Where(channel => SocketEnd.IsOne(channel.Mechanism) && !held.Contains(channel.Key))
        .Select(channel => new SocketEnd(channel.Key, channel.Info, Held: null));

    private static Access AccessOf(Operation operation) => operation switch
    {
        Operation.Read or Operation.Receive or Operation.Peek or Operation.Take or Operation.Wait => Access.Read,
        Operation.Write or Operation.Send or Operation.Pass or Operation.Post or Operation.Wake => Access.Write,
        _ => Access.None, // who connects, opens or maps need not be who uses it
    };
}
