using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Tests.Edges;

public sealed class GraphFormatTests
{
    private static readonly GraphEdge[] Small =
    [
        new(Process("producer", 4312), Process("redis", 981), Mechanism.Unix, 18442, 9_442_304, Certainty.Exact),
        new(Process("redis", 981), new GraphNode(PartyKind.Remote, "10.0.0.7:443", 0), Mechanism.Tcp, 3, 96, Certainty.Exact),
        new(Process("sh", 77), Process("gzip", 78), Mechanism.Pipe, 1, 5, Certainty.Observed),
        new(new GraphNode(PartyKind.Kernel, "kernel", 0), Process("sh", 77), Mechanism.Signal, 1, 0, Certainty.Exact),
        new(Process("sh", 77), new GraphNode(PartyKind.Unknown, "", 0), Mechanism.Udp, 1, 0, Certainty.Hint),
    ];

    private static GraphNode Process(string name, uint pid) => new(PartyKind.Process, name, pid);

    [Fact]
    public void Columns_for_people() => Assert.Equal(
        [
            "SOURCE             DESTINATION          MECHANISM     OPS    BYTES       RATE  HOW",
            "producer[4312]  →  redis[981]           unix       18,442  9.0 MiB  1.8 MiB/s  exact",
            "redis[981]      →  10.0.0.7:443 remote  tcp             3     96 B     19 B/s  remote",
            "sh[77]          →  gzip[78]             pipe            1      5 B      1 B/s  observed",
            "kernel          →  sh[77]               signal          1        -      0.2/s  exact",
            "sh[77]          →  unknown              udp             1        -      0.2/s  -",
        ],
        GraphTable.Lines(Small, 5, 200, Styles.None));

    [Fact]
    public void A_graph_for_graphviz() => Assert.Equal(
        [
            "digraph ipcscope {",
            "  rankdir=LR;",
            "  node [shape=box];",
            "  n0 [label=\"producer[4312]\"];",
            "  n1 [label=\"redis[981]\"];",
            "  n2 [label=\"10.0.0.7:443 remote\",shape=ellipse];",
            "  n0 -> n1 [label=\"unix 18,442 ops 9.0 MiB 1.8 MiB/s\"];",
            "  n1 -> n2 [label=\"tcp 3 ops 96 B 19 B/s\"];",
            "}",
        ],
        GraphDot.Lines(Small[..2], 5));

    [Fact]
    public void A_graph_for_Markdown() => Assert.Equal(
        [
            "flowchart LR",
            "  n0[\"sh[77]\"]",
            "  n1[\"gzip[78]\"]",
            "  n2([\"kernel\"])",
            "  n0 -.->|\"pipe 1 op 5 B 1 B/s observed\"| n1",
            "  n2 -->|\"signal 1 op 0.2/s\"| n0",
        ],
        GraphMermaid.Lines(Small[2..4], 5));

    [Fact]
    public void Json_has_base_units() => Assert.Equal(
        [
            """{"schema":1,"source":{"kind":"process","name":"redis","pid":981},"destination":{"kind":"remote","name":"10.0.0.7:443"},"mechanism":"tcp","operations":3,"bytes":96,"duration_seconds":5,"operations_per_second":0.6,"bytes_per_second":19.2,"certainty":"remote"}""",
        ],
        GraphJson.Lines(Small[1..2], GraphGroup.Pid, 5));

    [Fact]
    public void Groups_have_their_own_word() => Assert.StartsWith(
        """{"schema":1,"source":{"kind":"process","container":"3f4e"},"destination":{"kind":"kernel","name":"kernel"},""",
        Assert.Single(GraphJson.Lines(
            [new GraphEdge(Process("3f4e", 0), new GraphNode(PartyKind.Kernel, "kernel", 0), Mechanism.Netlink, 1, 1, Certainty.Exact)], GraphGroup.Container, 5)),
        StringComparison.Ordinal);

    [Fact]
    public void Graphviz_shows_any_name_as_it_is()
    {
        XDocument picture = XDocument.Parse(Draw(GraphDot.Lines(GraphScene.Ring, 1)));
        XNamespace svg = "http://www.w3.org/2000/svg";
        string[] labels =
        [
            .. picture.Descendants(svg + "g").Where(group => (string?)group.Attribute("class") == "node")
                .Select(group => string.Concat(group.Elements(svg + "text").Select(text => text.Value)).Replace('\u00a0', ' ')),
        ];
        Assert.Equal(
            GraphScene.Names.Select((_, i) => GraphScene.Visible(GraphScene.Node(i).Label)).Order(StringComparer.Ordinal),
            labels.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mermaid_shows_any_name_as_it_is()
    {
        var chart = MermaidChart.Parse(GraphMermaid.Lines(GraphScene.Ring, 1));
        Assert.Equal(GraphScene.Names.Select((_, i) => GraphScene.Visible(GraphScene.Node(i).Label)), chart.Nodes.Values);
        Assert.Equal(GraphScene.Names.Length, chart.Arrows.Count);
        Assert.Equal("pipe 34 ops 64 B 64 B/s observed", chart.Arrows[1].Label);
    }

    [Fact]
    public void A_name_may_be_missing()
    {
        GraphEdge[] edges = [new(Process("", 0), Process("b", 0), Mechanism.Pipe, 1, 1, Certainty.Exact)];
        Assert.Contains("<svg", Draw(GraphDot.Lines(edges, 1)), StringComparison.Ordinal);
        Assert.Equal([" ", "b"], MermaidChart.Parse(GraphMermaid.Lines(edges, 1)).Nodes.Values);
    }

    [Fact]
    public void Nothing_happened_is_a_graph_too()
    {
        Assert.Contains("<svg", Draw(GraphDot.Lines([], 1)), StringComparison.Ordinal);
        Assert.Empty(MermaidChart.Parse(GraphMermaid.Lines([], 1)).Nodes);
        Assert.Single(GraphTable.Lines([], 1, 80, Styles.None));
    }

    [Fact]
    public void Json_keeps_any_name() => Assert.Equal(
        GraphScene.Names,
        GraphJson.Lines(GraphScene.Ring, GraphGroup.Pid, 1).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("source").GetProperty("name").GetString()));

    [Fact]
    public void Rows_stay_rows_with_any_name() => Assert.All(
        GraphTable.Lines(GraphScene.Ring, 1, 200, Styles.None), line => Assert.DoesNotContain(line, c => char.IsControl(c)));

    private static string Draw(IEnumerable<string> graph)
    {
        using Process dot = System.Diagnostics.Process.Start(new ProcessStartInfo("dot", "-Tsvg")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> picture = dot.StandardOutput.ReadToEndAsync(), errors = dot.StandardError.ReadToEndAsync();
        dot.StandardInput.Write(string.Join('\n', graph) + "\n");
        dot.StandardInput.Close();
        dot.WaitForExit();
        Assert.Equal((0, ""), (dot.ExitCode, errors.Result));
        return picture.Result;
    }
}
