using System.Diagnostics;
using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Edges;

/// <summary>Edges against what the processes themselves counted: each operation and each byte, and no edge besides.</summary>
[Collection(nameof(EdgeSight))]
public sealed class EdgeTests(EdgeSight sight)
{
    public static TheoryData<string, Certainty> Scenes => new()
    {
        { "pipeline", Certainty.Exact },
        { "writers", Certainty.Exact },
        { "readers", Certainty.Exact },
        { "fifo", Certainty.Exact },
        { "socketpair", Certainty.Exact },
        { "datagrams", Certainty.Exact },
        { "unix", Certainty.Exact },
        { "tcp", Certainty.Exact },
        { "udp", Certainty.Observed }, // what the server answers goes to an address
        { "eventfd", Certainty.Exact },
        { "pty", Certainty.Exact },
        { "mq", Certainty.Exact },
        { "sysv_msg", Certainty.Observed }, // nobody holds a System V queue
        { "sysv_sem", Certainty.Observed },
        { "signals", Certainty.Exact },
        { "process_vm", Certainty.Exact },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Everybody_is_there_when_it_is_looked(string scene, Certainty certainty)
    {
        ulong since = (ulong)Stopwatch.GetTimestamp();
        EdgeTable table = sight.Open();
        using Talk talk = new(scene);
        sight.Look(table);
        table.Settle();
        EdgeSample[] edges = AssertTold(talk, table, since);
        Assert.Equal(certainty, edges.Max(edge => edge.Certainty));
        talk.Go();
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Everybody_has_gone_when_it_is_looked(string scene, Certainty certainty)
    {
        ulong since = (ulong)Stopwatch.GetTimestamp();
        EdgeTable table = sight.Open();
        using Talk talk = new(scene);
        talk.Go();
        // Their slots are taken back meanwhile.
        Product.Eventually.Get(() => FlowsOf(talk.Gifts[0].Source), flows => flows == 0);
        sight.Look(table);
        table.Settle();
        EdgeSample[] edges = AssertTold(talk, table, since);
        Assert.All(edges, edge => Assert.InRange(edge.Certainty, Certainty.Exact, certainty > Certainty.Observed ? certainty : Certainty.Observed));
    }

    private int FlowsOf(uint pid)
    {
        FlowSample[] flows = [];
        int count = sight.Session.Flows.CopyFlows(ref flows);
        return flows.Take(count).Count(flow => flow.Process.Key.Pid == pid);
    }

    private static EdgeSample[] AssertTold(Talk talk, EdgeTable table, ulong since)
    {
        HashSet<uint> pids = [.. talk.Gifts.SelectMany(gift => (uint[])[gift.Source, gift.Destination])];
        string mechanism = talk.Gifts[0].Mechanism;
        EdgeSample[] edges = [];
        int count = table.Copy(ref edges);
        // A target that has gone is known by its number alone.
        EdgeSample[] ours = [.. edges.Take(count).Where(edge => Lower(edge.Mechanism) == mechanism && pids.Contains(edge.Source.Process.Key.Pid)
            && (edge.Source.Process.Key.StartTime >= since || edge.Source.Process.Key.StartTime == 0))];
        Assert.Equal(Lines(talk.Gifts), Lines(ours.Select(edge => new Gift(
            edge.Source.Process.Key.Pid, edge.Destination.Process.Key.Pid, mechanism,
            talk.Gifts[0].Operations is null ? null : edge.Operations, edge.Bytes))));
        return ours;
    }

    private static IEnumerable<string> Lines(IEnumerable<Gift> gifts) => gifts
        .GroupBy(gift => (gift.Source, gift.Destination))
        .Select(same => $"{same.Key.Source} → {same.Key.Destination} {same.First().Mechanism} {same.Sum(gift => (long?)gift.Operations)} {same.Sum(gift => (long)gift.Bytes)}")
        .Order(StringComparer.Ordinal);

    private static string Lower(Mechanism mechanism) => JsonNamingPolicy.SnakeCaseLower.ConvertName(mechanism.ToString());
}
