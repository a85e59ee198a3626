using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Edges;

/// <summary>A parent may have children without end, and a server clients: what is kept of them is bounded.</summary>
public sealed class EdgeBoundsTests
{
    private const ulong Second = 1_000_000_000;
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);

    private readonly EdgeScene _scene = new();
    private readonly Process _parent = EdgeScene.Process("parent");

    [Fact]
    public void An_edge_leaves_some_time_after_one_of_its_ends()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Process child = EdgeScene.Process("child");
        Talk(child, pipe);
        _scene.Interval();
        Assert.Equal(1, After(60));
        Assert.Equal(1, After(600)); // both live
        child.EndedAt = 600 * Second;
        Assert.Equal(1, After(601));
        Assert.Equal(1, After(606));
        Assert.Equal(0, After(607));
    }

    [Fact]
    public void One_that_still_grows_stays()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Process child = EdgeScene.Process("child");
        Talk(child, pipe);
        _scene.Interval();
        child.EndedAt = Second;
        for (ulong at = 10; at < 60; at += 10)
        {
            Talk(child, pipe); // told late
            _scene.Interval();
            Assert.Equal(1, After(at));
        }
        Assert.Equal(0, After(60));
        Talk(child, pipe);
        Assert.Equal(["child → parent pipe 1 1 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void One_to_another_machine_leaves_when_it_rests()
    {
        Channel socket = _scene.Socket(Mechanism.Tcp, "127.0.0.1:80", "10.0.0.7:5000");
        _scene.Ends.Hold(_parent, socket, "rw");
        _scene.Journal.Do(_parent, socket, Operation.Send, 1, 64);
        Assert.Equal(["parent → 10.0.0.7:5000 tcp 1 64 exact"], _scene.Interval().Lines);
        Assert.Equal(1, After(60));
        Assert.Equal(1, After(65));
        Assert.Equal(0, After(66));
    }

    [Fact]
    public void There_are_so_many_and_what_goes_before_its_time_is_counted()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        const uint Oldest = 7;
        Make(Oldest, pipe, 100_000);
        Assert.Equal((int)Oldest, After(60));
        Make(EdgeTable.RestingLimit, pipe, 200_000);
        Assert.Equal(EdgeTable.RestingLimit, After(61));
        Assert.All(_scene.Edges, edge => Assert.True(edge.Source.Process.Key.Pid >= 200_000));
        Assert.Equal([LossCause.UnknownPeer.Of(0), LossCause.EdgeExpiredEarly.Of(Oldest)], _scene.Table.Losses);
        Assert.Equal(EdgeTable.RestingLimit + 1, _scene.Table.Processes.Count);
        Assert.Equal(0, After(67));
        Assert.Equal(LossCause.EdgeExpiredEarly.Of(Oldest), _scene.Table.Losses[1]);
        Assert.True(_scene.Table.Processes.Count <= 1, "only who may take again is remembered");
    }

    // Children that have written and ended.
    private void Make(uint count, Channel pipe, uint pid)
    {
        for (uint i = 0; i < count; i++)
        {
            Process child = Samples.Process("child", pid + i);
            _scene.Journal.Do(child, pipe, Operation.Write, 1, 1);
            child.EndedAt = Second;
        }
        _scene.Journal.Do(_parent, pipe, Operation.Read, count, count);
        _scene.Interval();
    }

    private void Talk(Process child, Channel pipe)
    {
        _scene.Journal.Do(child, pipe, Operation.Write, 1, 1);
        _scene.Journal.Do(_parent, pipe, Operation.Read, 1, 1);
    }

    private int After(ulong seconds)
    {
        _scene.Table.Expire(seconds * Second, Expiry);
        return _scene.Edges.Length;
    }
}
