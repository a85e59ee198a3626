using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Flows;
using Ipcscope.Tests.Flows;

namespace Ipcscope.Tests.Edges;

/// <summary>The sum over a source's edges is what it has put in, whoever reads and whenever somebody looks.</summary>
public sealed class EdgeSumTests
{
    private const ulong Second = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Holds_after_every_interval_and_no_edge_shrinks(int seed)
    {
        var random = new Random(seed);
        var scene = new EdgeScene();
        Process[] processes = [.. Enumerable.Range(0, 6).Select(i => EdgeScene.Process($"p{i}"))];
        Channel[] channels =
        [
            scene.Channel(Mechanism.Pipe), scene.Channel(Mechanism.Mq), scene.Channel(Mechanism.Futex), scene.Channel(Mechanism.Pty),
            scene.Channel(Mechanism.Eventfd), scene.Socket(Mechanism.Udp, "127.0.0.1:53"), scene.Socket(Mechanism.Udp, "127.0.0.1:1001", "127.0.0.1:53"),
        ];
        scene.Journal.Do(processes[0], channels[2], Operation.Wait, 1, 0); // else it would be asked who maps the word
        Dictionary<(Process, Mechanism), (ulong Operations, ulong Bytes)> written = [];
        Dictionary<(Party, Party, Mechanism), EdgeSample> before = [];
        for (int interval = 0; interval < 60; interval++)
        {
            for (int i = random.Next(12); i > 0; i--)
            {
                Process process = processes[random.Next(processes.Length)];
                Channel channel = channels[random.Next(channels.Length)];
                bool puts = random.Next(2) == 0;
                Operation operation = channel.Mechanism == Mechanism.Futex ? (puts ? Operation.Wake : Operation.Wait)
                    : puts ? Operation.Send : Operation.Receive;
                ulong operations = (ulong)random.Next(1, 40);
                ulong bytes = channel.Mechanism == Mechanism.Futex ? 0 : (ulong)random.NextInt64(random.Next(2) == 0 ? 100 : 1L << 50);
                scene.Journal.Do(process, channel, operation, operations, bytes);
                if (puts)
                {
                    (ulong Operations, ulong Bytes) sum = written.GetValueOrDefault((process, channel.Mechanism));
                    written[(process, channel.Mechanism)] = (sum.Operations + operations, sum.Bytes + bytes);
                }
            }
            EdgeSample[] edges = scene.Interval().Edges;
            Assert.Equal(
                written.OrderBy(each => each.Key.Item1.Key.Pid).ThenBy(each => each.Key.Item2),
                edges.GroupBy(edge => (edge.Source.Process, edge.Mechanism)).ToDictionary(
                    same => same.Key, same => same.Aggregate((0UL, 0UL), (sum, edge) => (sum.Item1 + edge.Operations, sum.Item2 + edge.Bytes)))
                    .OrderBy(each => each.Key.Process.Key.Pid).ThenBy(each => each.Key.Mechanism));
            foreach (EdgeSample edge in edges)
            {
                if (before.TryGetValue((edge.Source, edge.Destination, edge.Mechanism), out EdgeSample last))
                {
                    Assert.True(edge.Operations >= last.Operations && edge.Bytes >= last.Bytes);
                }
            }
            before = edges.ToDictionary(edge => (edge.Source, edge.Destination, edge.Mechanism));
        }
    }

    [Fact]
    public void What_a_flow_counted_last_is_not_lost_with_its_slot()
    {
        using var slots = new FakeSlots(SlotLayout.Overflow + 64);
        using var table = new FlowTable(slots, TimeSpan.FromMinutes(5));
        var edges = new EdgeTable(table.OpenJournal());
        ProcessKey a = new(10, 10, 1), b = new(11, 11, 1);
        ChannelKey pipe = new(1, 0, 0);
        uint writes = Add(a, Operation.Write), reads = Add(b, Operation.Read);
        slots.Count(writes, 64, Second);
        edges.Observe();
        slots.Count(writes, 36, Second);
        slots.Count(reads, 100, Second);
        slots.CountError(writes, 32);
        table.ProcessEnded(10, 2 * Second);
        table.ProcessEnded(11, 2 * Second);
        table.Maintain(3 * Second);
        Assert.Equal(0, table.Flows);
        uint again = Add(new ProcessKey(12, 12, 1), Operation.Write); // has the slot of one of them
        slots.Count(again, 7, 4 * Second);
        edges.Observe();
        edges.Settle();
        EdgeSample[] samples = [];
        Assert.Equal(2, edges.Copy(ref samples));
        Assert.Equal([(10U, 2UL, 100UL), (12U, 1UL, 7UL)], samples.Take(2).Select(edge => (edge.Source.Process.Key.Pid, edge.Operations, edge.Bytes)).Order());
        Assert.All(samples.Take(2), edge => Assert.Equal(11U, edge.Destination.Process.Key.Pid));
        Assert.Equal(new StageCount("edges", 3, 3, 0), edges.Ledger);

        uint Add(ProcessKey process, Operation operation)
        {
            (uint slot, ulong id) = slots.Take(new FlowKey(process, pipe, Mechanism.Pipe, operation), $"p{process.Pid}", Second);
            table.Add(slot, id);
            return slot;
        }
    }

    [Fact]
    public void What_found_no_slot_has_an_edge_too()
    {
        using var slots = new FakeSlots(SlotLayout.Overflow + 64);
        using var table = new FlowTable(slots, TimeSpan.FromMinutes(5));
        var edges = new EdgeTable(table.OpenJournal());
        slots.Count(SlotLayout.OverflowSlot(Mechanism.Pipe, Operation.Write), 64, Second);
        slots.Count(SlotLayout.OverflowSlot(Mechanism.Pipe, Operation.Read), 64, Second);
        edges.Observe();
        edges.Settle();
        EdgeSample[] samples = [];
        Assert.Equal(1, edges.Copy(ref samples));
        Assert.Equal((PartyKind.Other, PartyKind.Unknown, 1UL, 64UL), (samples[0].Source.Kind, samples[0].Destination.Kind, samples[0].Operations, samples[0].Bytes));
        Assert.Equal(new StageCount("edges", 1, 0, 1), edges.Ledger);
    }

    [Fact]
    public void Shares_are_exact_both_ways()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            ulong[] weights = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (ulong)random.NextInt64(1, long.MaxValue))];
            ulong[] amounts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (ulong)random.NextInt64(1L << random.Next(1, 60)))];
            ulong[][] shares = Shares.Divide(amounts, weights);
            Assert.Equal(amounts, shares.Select(row => row.Aggregate(0UL, (sum, share) => sum + share)));
            ulong[] quota = Shares.Divide(amounts.Aggregate(0UL, (sum, amount) => sum + amount), weights);
            Assert.Equal(quota, weights.Select((_, k) => shares.Aggregate(0UL, (sum, row) => sum + row[k])));
        }
        Assert.Equal([701UL, 299UL], Shares.Divide(1000, [701, 299]));
        Assert.Equal([ulong.MaxValue, 0], Shares.Divide(ulong.MaxValue, [ulong.MaxValue, 0]));
    }
}
