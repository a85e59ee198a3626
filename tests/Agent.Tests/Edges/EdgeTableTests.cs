using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Edges;

public sealed class EdgeTableTests
{
    private readonly EdgeScene _scene = new();
    private readonly Process _a = EdgeScene.Process("a");
    private readonly Process _b = EdgeScene.Process("b");
    private readonly Process _c = EdgeScene.Process("c");

    private void Do(Process process, Channel channel, Operation operation, ulong operations, ulong bytes) =>
        _scene.Journal.Do(process, channel, operation, operations, bytes);

    [Fact]
    public void Who_has_the_other_end_and_reads_is_exact()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        _scene.Ends.Hold(_a, pipe, "w");
        _scene.Ends.Hold(_b, pipe, "r");
        Do(_a, pipe, Operation.Write, 3, 192);
        Do(_b, pipe, Operation.Read, 1, 150);
        Assert.Equal(["a → b pipe 3 192 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void Who_read_and_has_gone_is_observed()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Do(_a, pipe, Operation.Write, 3, 192);
        Do(_b, pipe, Operation.Read, 1, 192);
        Assert.Equal(["a → b pipe 3 192 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Who_was_seen_at_the_end_stays_exact_after_it_has_gone()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        _scene.Ends.Hold(_b, pipe, "r");
        Do(_a, pipe, Operation.Write, 1, 64);
        Do(_b, pipe, Operation.Read, 1, 64);
        _scene.Look();
        _scene.Ends.Close(_b);
        Do(_a, pipe, Operation.Write, 1, 64);
        Do(_b, pipe, Operation.Read, 1, 64);
        Do(_c, pipe, Operation.Read, 1, 0);
        Assert.Equal(["a → b pipe 2 128 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void Edges_of_those_that_have_gone_are_not_recent_once_nothing_is_added()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Do(_a, pipe, Operation.Write, 3, 192);
        Do(_b, pipe, Operation.Read, 3, 192);
        _scene.Interval();
        Assert.Equal(1, Recent());
        _b.EndedAt = 7;
        _scene.Interval();
        Assert.Equal(1, Recent()); // what it added may have been seen half
        _scene.Interval();
        Assert.Equal((0, 1), (Recent(), _scene.Edges.Length));

        int Recent()
        {
            EdgeSample[] buffer = [];
            return _scene.Table.CopyRecent(ref buffer);
        }
    }

    [Fact]
    public void Two_readers_get_what_they_took()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Do(_a, pipe, Operation.Write, 10, 1000);
        Do(_b, pipe, Operation.Read, 7, 701);
        Do(_c, pipe, Operation.Read, 2, 299);
        Assert.Equal(["a → b pipe 7 701 observed", "a → c pipe 3 299 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void What_an_interval_gave_to_the_wrong_one_the_next_ones_make_good()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Do(_a, pipe, Operation.Write, 10, 100); // 40 of them wait in the pipe
        Do(_b, pipe, Operation.Read, 1, 60);
        Assert.Equal(["a → b pipe 10 100 observed"], _scene.Interval().Lines);
        Do(_c, pipe, Operation.Read, 1, 40);
        _scene.Interval();
        Do(_a, pipe, Operation.Write, 10, 100);
        Do(_b, pipe, Operation.Read, 1, 50);
        Do(_c, pipe, Operation.Read, 1, 50);
        Assert.Equal(["a → b pipe 11 110 observed", "a → c pipe 9 90 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Messages_are_told_apart_from_their_bytes()
    {
        Channel queue = _scene.Channel(Mechanism.Mq);
        Do(_a, queue, Operation.Send, 10, 1000);
        Do(_b, queue, Operation.Receive, 9, 90);
        Do(_c, queue, Operation.Receive, 1, 910);
        Assert.Equal(["a → b mq 9 90 observed", "a → c mq 1 910 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Two_writers_each_have_an_edge_and_all_that_was_read_has_a_source()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Process d = EdgeScene.Process("d");
        Do(_a, pipe, Operation.Write, 7, 77);
        Do(_b, pipe, Operation.Write, 5, 24);
        Do(_c, pipe, Operation.Read, 1, 33);
        Do(d, pipe, Operation.Read, 1, 68);
        EdgeSample[] edges = _scene.Interval().Edges;
        Assert.Equal((7UL, 77UL), Sum(edges.Where(edge => edge.Source.Process == _a)));
        Assert.Equal((5UL, 24UL), Sum(edges.Where(edge => edge.Source.Process == _b)));
        Assert.Equal(33UL, Sum(edges.Where(edge => edge.Destination.Process == _c)).Bytes);
        Assert.Equal(68UL, Sum(edges.Where(edge => edge.Destination.Process == d)).Bytes);
    }

    [Fact]
    public void Nobody_reads_it_is_for_who_read_last()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Do(_a, pipe, Operation.Write, 1, 64);
        Do(_b, pipe, Operation.Read, 1, 64);
        _scene.Interval();
        _scene.Ends.Hold(_c, pipe, "r");
        Do(_a, pipe, Operation.Write, 1, 64);
        _scene.Interval();
        Do(_a, pipe, Operation.Write, 1, 64);
        Assert.Equal(["a → b pipe 3 192 observed"], _scene.Interval().Lines);
    }

    [Fact]
    public void Nobody_has_read_yet_it_is_for_who_can()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        Process shell = EdgeScene.Process("sh");
        _scene.Ends.Hold(shell, pipe, "rw"); // made it, and has not closed it yet
        _scene.Ends.Hold(_a, pipe, "rw");
        _scene.Ends.Hold(_b, pipe, "r");
        Do(_a, pipe, Operation.Write, 3, 192);
        Assert.Equal(["a → b pipe 3 192 exact"], _scene.Interval().Lines);
        Do(_a, pipe, Operation.Write, 1, 1);
        Do(_b, pipe, Operation.Read, 1, 193);
        Assert.Equal(["a → b pipe 4 193 exact"], _scene.Interval().Lines);
    }

    [Fact]
    public void Nobody_is_there_it_is_for_nobody()
    {
        Do(_a, _scene.Channel(Mechanism.Pipe), Operation.Write, 3, 192);
        Assert.Equal(["a →  pipe 3 192 hint"], _scene.Interval().Lines);
    }

    [Fact]
    public void What_failed_everywhere_makes_no_edge()
    {
        Do(_a, _scene.Channel(Mechanism.Pipe), Operation.Write, 0, 0);
        Assert.Empty(_scene.Interval().Lines);
    }

    [Fact]
    public void Shared_memory_makes_none_either()
    {
        Do(_a, _scene.Channel(Mechanism.Shm), Operation.Map, 5, 0);
        Assert.Empty(_scene.Interval().Lines);
    }

    [Fact]
    public void It_is_looked_only_when_there_is_something_new()
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe);
        for (int i = 0; i < 5; i++)
        {
            Do(_a, pipe, Operation.Write, 1, 64);
            Do(_b, pipe, Operation.Read, 1, 64);
            _scene.Interval();
        }
        Assert.Equal(1, _scene.Ends.Looks);
        Do(_c, pipe, Operation.Read, 1, 0);
        _scene.Interval();
        _scene.Interval();
        Assert.Equal(2, _scene.Ends.Looks);
    }

    [Fact]
    public void A_filter_asks_both_ends()
    {
        var scene = new EdgeScene(move => move.Process == _b && move.Operation is Operation.Read or Operation.Send);
        Channel pipe = scene.Channel(Mechanism.Pipe), other = scene.Channel(Mechanism.Pipe);
        scene.Journal.Do(_a, pipe, Operation.Write, 3, 300);
        scene.Journal.Do(_b, pipe, Operation.Read, 1, 200);
        scene.Journal.Do(_c, pipe, Operation.Read, 1, 100);
        scene.Journal.Do(_b, other, Operation.Write, 1, 1);
        scene.Journal.Do(_c, other, Operation.Read, 1, 1);
        Assert.Equal(["a → b pipe 2 200 observed"], scene.Interval().Lines);
    }

    private static (ulong Operations, ulong Bytes) Sum(IEnumerable<EdgeSample> edges) =>
        edges.Aggregate((0UL, 0UL), (sum, edge) => (sum.Item1 + edge.Operations, sum.Item2 + edge.Bytes));
}
