using System.Net;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Ends;

/// <summary>Which sockets belong together by their addresses, and how well that is known.</summary>
public sealed class AddressTests
{
    private readonly List<Descriptor> _descriptors = [];

    private ChannelEnds Look() => FakeEnds.Look(_descriptors);

    private ChannelKey Add(string local, string remote, uint ns = 1, Mechanism mechanism = Mechanism.Tcp, long waiting = -1)
    {
        IPEndPoint here = IPEndPoint.Parse(local);
        IPEndPoint there = IPEndPoint.Parse(remote);
        ChannelInfo info = new()
        {
            Mechanism = mechanism,
            Family = (byte)(here.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 2 : 10),
            Ns = ns,
            LocalPort = (ushort)here.Port,
            RemotePort = (ushort)there.Port,
        };
        here.Address.GetAddressBytes().CopyTo(info.LocalAddress);
        there.Address.GetAddressBytes().CopyTo(info.RemoteAddress);
        uint pid = (uint)_descriptors.Count + 1;
        ChannelKey key = new(1000 + pid, 8, 0);
        _descriptors.Add(new Descriptor
        {
            Process = new ProcessKey(pid, pid, 0),
            Name = $"p{pid}",
            Fd = 3,
            Readable = true,
            Writable = true,
            Key = key,
            Info = info,
            IsConnected = there.Port != 0,
            IsListening = waiting >= 0,
            Queue = QueueState.Unknown with { Items = new QueueLevel(waiting, 5) },
        });
        return key;
    }

    [Fact]
    public void An_ipv6_socket_may_talk_ipv4()
    {
        ChannelKey client = Add("127.0.0.1:4000", "127.0.0.1:80");
        ChannelKey server = Add("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:4000");
        ChannelEnds ends = Look();
        Assert.Equal((server, Certainty.Exact), (ends.Peer(client)!.Value, ends.PeerCertainty(client)));
        Assert.Equal((client, Certainty.Exact), (ends.Peer(server)!.Value, ends.PeerCertainty(server)));
    }

    [Fact]
    public void Another_network_may_have_the_same_addresses()
    {
        ChannelKey client = Add("10.0.0.1:4000", "10.0.0.2:80", ns: 1);
        Add("10.0.0.2:80", "10.0.0.1:4000", ns: 2);
        ChannelEnds ends = Look();
        Assert.Equal(("p2", Certainty.Hint), (ends.Readers(client)[0].Name, ends.Readers(client)[0].Certainty));
        Add("10.0.0.2:80", "10.0.0.1:4000", ns: 3);
        ends = Look();
        Assert.Null(ends.Peer(client)); // one of two
        Assert.Empty(ends.Readers(client));
    }

    [Fact]
    public void What_no_socket_here_has_is_remote()
    {
        ChannelKey client = Add("10.0.0.1:4000", "10.0.0.2:443");
        ChannelKey loopback = Add("127.0.0.1:4000", "127.0.0.1:443");
        ChannelEnds ends = Look();
        Assert.Equal("10.0.0.2:443", ends.Remote(client));
        Assert.Null(ends.Remote(loopback));
    }

    [Fact]
    public void A_listener_is_a_peer_while_connections_wait_in_it()
    {
        ChannelKey client = Add("127.0.0.1:4000", "127.0.0.1:80");
        ChannelKey listener = Add("0.0.0.0:80", "0.0.0.0:0", waiting: 1);
        Assert.Equal(listener, Look().Peer(client));
        _descriptors[1] = _descriptors[1] with { Queue = QueueState.Unknown with { Items = new QueueLevel(0, 5) } };
        Assert.Null(Look().Peer(client)); // it has accepted it: the other socket lies in a message, or its descriptor was closed
    }

    [Fact]
    public void Of_several_that_share_a_port_nobody_knows_which()
    {
        ChannelKey client = Add("127.0.0.1:4000", "127.0.0.1:53", mechanism: Mechanism.Udp);
        Add("127.0.0.1:53", "0.0.0.0:0", mechanism: Mechanism.Udp);
        Assert.NotNull(Look().Peer(client));
        Add("0.0.0.0:53", "0.0.0.0:0", mechanism: Mechanism.Udp);
        Assert.Null(Look().Peer(client));
    }

    [Fact]
    public void A_mechanism_has_ports_of_its_own()
    {
        ChannelKey client = Add("127.0.0.1:4000", "127.0.0.1:53", mechanism: Mechanism.Udp);
        Add("127.0.0.1:53", "127.0.0.1:4000", mechanism: Mechanism.Tcp);
        Assert.Null(Look().Peer(client));
    }
}
