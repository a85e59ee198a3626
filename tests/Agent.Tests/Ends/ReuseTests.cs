using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Ends;

/// <summary>Numbers that are used again; by the number alone, all of these would be one.</summary>
public sealed class ReuseTests
{
    private static ProcessKey Key(uint pid, ulong start = 1, uint image = 0) => new(start, pid, image);

    private static Descriptor Held(uint pid, ChannelKey key, Mechanism mechanism, ChannelKey? peer = null) => new()
    {
        Process = Key(pid),
        Name = $"p{pid}",
        Fd = 3,
        Readable = true,
        Writable = true,
        Key = key,
        Info = new ChannelInfo { Mechanism = mechanism, PeerInode = peer?.Inode ?? 0 },
        Peer = peer,
    };

    /// <summary>Inode numbers of pipes and sockets are 32 bits, and wrap.</summary>
    [Fact]
    public void Two_pipes_with_one_inode_number_are_two()
    {
        ChannelKey old = new(7, 14, 1);
        ChannelKey young = new(7, 14, 2);
        ChannelEnds ends = FakeEnds.Look([Held(1, old, Mechanism.Pipe), Held(2, young, Mechanism.Pipe)]);
        Assert.Equal("p1", Assert.Single(ends.Readers(old)).Name);
        Assert.Equal("p2", Assert.Single(ends.Readers(young)).Name);
    }

    [Fact]
    public void A_socket_is_connected_to_one_of_two_with_one_inode_number()
    {
        ChannelKey client = new(5, 8, 1);
        ChannelKey wrong = new(7, 8, 1);
        ChannelKey right = new(7, 8, 2);
        ChannelEnds ends = FakeEnds.Look(
        [
            Held(1, wrong, Mechanism.Unix), Held(2, right, Mechanism.Unix, client), Held(3, client, Mechanism.Unix, right),
        ]);
        Assert.Equal("p2", Assert.Single(ends.Readers(client)).Name);
        Assert.Empty(ends.Readers(wrong));
    }

    /// <summary>A process that used the pipe, one that has its number now, and what the one has become by exec.</summary>
    [Fact]
    public void Who_used_a_channel_is_an_image_of_a_process()
    {
        ChannelKey pipe = new(7, 14, 1);
        var flows = new FakeFlows();
        FlowSample Wrote(ProcessKey who)
        {
            FlowSample flow = Samples.Flow(new Process(who, "writer", 0), 1);
            flow.Channel = new Channel(pipe, Mechanism.Pipe);
            flow.Operation = Operation.Write;
            return flow;
        }

        flows.SetFlows(Wrote(Key(9)), Wrote(Key(8, start: 0)), Wrote(Key(7, image: 0)));
        Descriptor[] others = [Held(9, new(1, 14, 1), Mechanism.Pipe), Held(8, new(2, 14, 1), Mechanism.Pipe), Held(7, new(3, 14, 1), Mechanism.Pipe) with { Process = Key(7, image: 1) }];
        ChannelEnds ends = FakeEnds.Look(others, flows);
        Assert.Equal((Key(9), Certainty.Observed), (Assert.Single(ends.Writers(pipe)).Process, ends.Writers(pipe)[0].Certainty));
        Assert.Equal([Key(8, start: 0), Key(7, image: 0)], ends.Former(pipe).Select(end => end.Process));
        Assert.Empty(ends.Readers(pipe));
    }

    /// <summary>The kernel wins always: what was observed adds nothing to a process that holds the channel.</summary>
    [Fact]
    public void What_is_held_is_not_observed()
    {
        ChannelKey pipe = new(7, 14, 1);
        var flows = new FakeFlows();
        FlowSample wrote = Samples.Flow(new Process(Key(9), "p9", 0), 1);
        wrote.Channel = new Channel(pipe, Mechanism.Pipe);
        wrote.Operation = Operation.Write;
        flows.SetFlows(wrote);
        ChannelEnds ends = FakeEnds.Look([Held(9, pipe, Mechanism.Pipe) with { Writable = false }], flows);
        Assert.Equal((Access.Read, Certainty.Exact), (Assert.Single(ends.Holders(pipe)).Access, ends.Holders(pipe)[0].Certainty));
        Assert.Empty(ends.Writers(pipe));
    }
}
