using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Edges;

/// <summary>Where it comes out, mechanism by mechanism.</summary>
public sealed class EdgePeerTests
{
    private readonly EdgeScene _scene = new();
    private readonly Process _a = EdgeScene.Process("a");
    private readonly Process _b = EdgeScene.Process("b");
    private readonly Process _c = EdgeScene.Process("c");

    private void Do(Process process, Channel channel, Operation operation, ulong operations, ulong bytes) =>
        _scene.Journal.Do(process, channel, operation, operations, bytes);

    [Fact]
    public void A_socketpair_is_an_edge_each_way()
    {
        Channel one = _scene.Channel(Mechanism.Unix, ChannelKind.Stream), other = _scene.Channel(Mechanism.Unix, ChannelKind.Stream);
        _scene.Ends.Hold(_a, one, "rw", other);
        _scene.Ends.Hold(_b, other, "rw", one);
        Do(_a, one, Operation.Send, 2, 20);
        Do(_b, other, Operation.Receive, 1, 20);
        Do(_b, other, Operation.Send, 1, 7);
        Do(_a, one, Operation.Receive, 1, 7);
        Assert.Equal(["a → b unix 2 20 exact", "b → a unix 1 7 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void Loopback_is_joined_even_if_both_ends_are_closed()
    {
        Channel client = _scene.Socket(Mechanism.Tcp, "127.0.0.1:4711", "127.0.0.1:80");
        Channel server = _scene.Socket(Mechanism.Tcp, "127.0.0.1:80", "127.0.0.1:4711");
        Do(_a, client, Operation.Send, 2, 20);
        Do(_b, server, Operation.Receive, 1, 20);
        Do(_b, server, Operation.Send, 1, 7);
        Do(_a, client, Operation.Receive, 1, 7);
        Assert.Equal(["a → b tcp 2 20 observed", "b → a tcp 1 7 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Who_sent_before_it_was_accepted_is_known_by_the_other_end()
    {
        Channel client = _scene.Channel(Mechanism.Unix, ChannelKind.Stream);
        Channel server = _scene.Of(new ChannelInfo { Mechanism = Mechanism.Unix, Kind = ChannelKind.Stream, Ns = 1, PeerInode = client.Key.Inode });
        Do(_a, client, Operation.Send, 2, 20);
        Do(_b, server, Operation.Receive, 1, 20);
        Assert.Equal(["a → b unix 2 20 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Elsewhere_is_an_address()
    {
        Channel socket = _scene.Socket(Mechanism.Tcp, "10.0.0.1:4711", "10.0.0.7:443");
        _scene.Ends.Hold(_a, socket, "rw");
        Do(_a, socket, Operation.Send, 2, 20);
        Assert.Equal(["a → 10.0.0.7:443 tcp 2 20 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void A_server_of_datagrams_gets_from_each_and_answers_who_takes()
    {
        Channel server = _scene.Socket(Mechanism.Udp, "127.0.0.1:53");
        Channel one = _scene.Socket(Mechanism.Udp, "127.0.0.1:1001", "127.0.0.1:53"), two = _scene.Socket(Mechanism.Udp, "127.0.0.1:1002", "127.0.0.1:53");
        _scene.Ends.Hold(_c, server, "rw");
        _scene.Ends.Hold(_a, one, "rw");
        _scene.Ends.Hold(_b, two, "rw");
        Do(_a, one, Operation.Send, 2, 20);
        Do(_b, two, Operation.Send, 1, 30);
        Do(_c, server, Operation.Receive, 3, 50);
        Do(_c, server, Operation.Send, 3, 300);
        Do(_a, one, Operation.Receive, 2, 250);
        Do(_b, two, Operation.Receive, 1, 50);
        Assert.Equal(
            ["a → c udp 2 20 exact", "b → c udp 1 30 exact", "c → a udp 2 250 observed", "c → b udp 1 50 observed"],
            _scene.Interval().Lines);
    }

    [Fact]
    public void Netlink_goes_to_the_kernel()
    {
        Do(_a, _scene.Channel(Mechanism.Netlink), Operation.Send, 2, 20);
        Assert.Equal(["a → kernel netlink 2 20 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void Both_sides_of_a_terminal_are_told_apart()
    {
        Channel pty = _scene.Channel(Mechanism.Pty);
        _scene.Ends.Hold(_a, pty, "rwm");
        _scene.Ends.Hold(_b, pty, "rw");
        _scene.Ends.Hold(_c, pty, "rw");
        Do(_a, pty, Operation.Write, 3, 3);
        Do(_b, pty, Operation.Read, 1, 3);
        Do(_b, pty, Operation.Write, 1, 80);
        Do(_c, pty, Operation.Write, 1, 20);
        Do(_a, pty, Operation.Read, 1, 100);
        Assert.Equal(["a → b pty 3 3 exact", "b → a pty 1 80 exact", "c → a pty 1 20 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void A_signal_goes_to_who_it_is_for_even_if_that_has_gone()
    {
        var info = new ChannelInfo { Mechanism = Mechanism.Signal, Id = 15, Target = 4312, PathLength = 4 };
        Encoding.UTF8.GetBytes("prey", info.Path);
        Do(_a, _scene.Of(info), Operation.Send, 2, 0);
        Channel received = _scene.Of(info with { Target = _b.Key.Pid });
        Do(_a, received, Operation.Send, 1, 0);
        Do(_b, received, Operation.Receive, 1, 0);
        Process kernel = new(new ProcessKey(1, 0, 0), "kernel", 0);
        _scene.Journal.Do(kernel, received, Operation.Send, 1, 0, Via.Kernel);
        Assert.Equal(["a → b signal 1 0 exact", "a → prey signal 2 0 exact", "kernel → b signal 1 0 exact"], _scene.Interval().Lines);
        Assert.Equal(4312U, _scene.Edges.Single(edge => edge.Destination.Name == "prey").Destination.Process.Key.Pid);
    }

    [Fact]
    public void Memory_and_descriptors_go_the_way_of_the_data()
    {
        var info = new ChannelInfo { Mechanism = Mechanism.ProcessVm, Target = 4312, PathLength = 4 };
        Encoding.UTF8.GetBytes("prey", info.Path);
        Channel memory = _scene.Of(info);
        Do(_a, memory, Operation.Read, 2, 20);
        Do(_a, memory, Operation.Getfd, 1, 0);
        Do(_a, memory, Operation.Write, 1, 5);
        Assert.Equal(["a → prey process_vm 1 5 exact", "prey → a process_vm 3 20 exact"], _scene.Interval().Lines);
    }

    [Theory]
    [InlineData(Mechanism.SysvSem, Operation.Post)]
    [InlineData(Mechanism.Futex, Operation.Wake)]
    public void Who_wakes_wakes_those_that_wait_and_not_itself(Mechanism mechanism, Operation wakes)
    {
        Channel word = _scene.Channel(mechanism);
        Do(_a, word, wakes, 5, 0);
        Do(_b, word, wakes, 4, 0);
        Do(_a, word, Operation.Wait, 4, 0);
        Do(_b, word, Operation.Wait, 5, 0);
        string name = mechanism == Mechanism.Futex ? "futex" : "sysv_sem";
        Assert.Equal([$"a → b {name} 5 0 observed", $"b → a {name} 4 0 observed"], _scene.Interval().Lines);
    }
}
