using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Tests.Export;

public class EdgeSeriesTableTests
{
    private static readonly MetricLabel[] NameOnly = [MetricLabel.Process];

    private static Party Process(string name, uint pid) => new(PartyKind.Process, Samples.Process(name, pid));

    private static EdgeSample Edge(Party source, Party destination, ulong operations, Mechanism mechanism = Mechanism.Pipe) =>
        new(source, destination, mechanism, operations, operations * 64, Certainty.Exact);

    private static IEnumerable<string> Shown(EdgeSeriesTable table) =>
        table.Series.Select(series => $"{Encoding.UTF8.GetString(series.Labels)} {series.Operations} {series.Bytes}").Order(StringComparer.Ordinal);

    [Fact]
    public void Both_ends_have_the_identity_labels()
    {
        EdgeSeriesTable table = new([MetricLabel.Process, MetricLabel.Pid]);
        Party a = Process("a", 1);
        table.Update(
            [
                Edge(a, Process("b\"", 2), 3),
                Edge(a, new Party(PartyKind.Kernel, new(default, "kernel", 0)), 1, Mechanism.Netlink),
                Edge(a, new Party(PartyKind.Remote, new(default, "10.0.0.7:443", 0)), 1, Mechanism.Tcp),
                Edge(a, new Party(PartyKind.Remote, new(default, "10.0.0.8:443", 0)), 1, Mechanism.Tcp),
                Edge(a, new Party(PartyKind.Unknown, new(default, "", 0)), 1, Mechanism.Udp),
                Edge(new Party(PartyKind.Other, new(default, "other", 0)), new Party(PartyKind.Unknown, new(default, "", 0)), 1),
            ],
            100);
        Assert.Equal(
            [
                "source_process=\"a\",source_pid=\"1\",destination_process=\"\",destination_pid=\"\",mechanism=\"udp\" 1 64",
                "source_process=\"a\",source_pid=\"1\",destination_process=\"b\\\"\",destination_pid=\"2\",mechanism=\"pipe\" 3 192",
                "source_process=\"a\",source_pid=\"1\",destination_process=\"kernel\",destination_pid=\"0\",mechanism=\"netlink\" 1 64",
                "source_process=\"a\",source_pid=\"1\",destination_process=\"remote\",destination_pid=\"\",mechanism=\"tcp\" 2 128",
                "source_process=\"other\",source_pid=\"other\",destination_process=\"\",destination_pid=\"\",mechanism=\"pipe\" 1 64",
            ],
            Shown(table));
    }

    [Fact]
    public void A_series_keeps_what_edges_counted_and_leaves_with_the_last()
    {
        EdgeSeriesTable table = new(NameOnly);
        Party a = Process("a", 1), b = Process("b", 2), second = Process("b", 3);
        table.Update([Edge(a, b, 3), Edge(a, second, 4)], 100);
        table.Update([Edge(a, second, 5)], 100);
        Assert.Equal(["source_process=\"a\",destination_process=\"b\",mechanism=\"pipe\" 8 512"], Shown(table));
        table.Update([], 100);
        Assert.Empty(Shown(table));
    }

    [Fact]
    public void What_is_too_much_folds_and_totals_stay()
    {
        EdgeSeriesTable table = new(NameOnly);
        EdgeSample[] edges = [.. Enumerable.Range(1, 10).Select(i => Edge(Process($"a{i}", 1), Process($"b{i}", 2), (ulong)i, i % 2 == 0 ? Mechanism.Pipe : Mechanism.Unix))];
        table.Update(edges, 4);
        Assert.Equal((6, 6L), (table.Shown, table.Folded)); // two of them are other, of a mechanism each
        Assert.Equal(55UL, table.Series.Aggregate(0UL, (sum, series) => sum + series.Operations));
        edges[0] = edges[0] with { Operations = 1001, Bytes = 64064 };
        table.Update(edges, 4);
        Assert.Contains("source_process=\"other\",destination_process=\"other\",mechanism=\"unix\" 1009 64576", Shown(table));
        Assert.Equal(1055UL, table.Series.Aggregate(0UL, (sum, series) => sum + series.Operations));
    }

    [Fact]
    public void An_edge_that_begins_anew_adds_to_what_was()
    {
        EdgeSeriesTable table = new(NameOnly);
        Party a = Process("a", 1), b = Process("b", 2);
        table.Update([Edge(a, b, 10)], 100);
        table.Update([Edge(a, b, 3)], 100);
        Assert.Equal(["source_process=\"a\",destination_process=\"b\",mechanism=\"pipe\" 13 832"], Shown(table));
    }
}
