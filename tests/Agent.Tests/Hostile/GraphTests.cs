using System.Text;
using System.Text.RegularExpressions;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Tests.Edges;

namespace Ipcscope.Tests.Hostile;

/// <summary>A name stays in its label, and is shown as it is but for what commands whoever shows it.</summary>
public sealed partial class GraphTests
{
    [Fact]
    public void Of_Mermaid() => Property.Holds(random =>
    {
        string[] names = Names(random);
        string[] lines = [.. GraphMermaid.Lines(Ring(names), 1)];
        Assert.All(lines, line => Assert.True(HostileText.IsHarmless(line), line));
        Assert.Equal(names.Select(Visible), MermaidChart.Parse(lines).Nodes.Values);
    });

    [Fact]
    public void Of_graphviz() => Property.Holds(random =>
    {
        string[] names = Names(random);
        string[] lines = [.. GraphDot.Lines(Ring(names), 1)];
        Assert.All(lines, line => Assert.True(HostileText.IsHarmless(line), line));
        Assert.Equal(names.Select(Visible), lines.Skip(3).Take(names.Length).Select(Label));
    });

    private static string[] Names(Random random) => [HostileText.Text(random), HostileText.Text(random), HostileText.Text(random)];

    private static GraphEdge[] Ring(string[] names) =>
        [.. names.Select((_, i) => new GraphEdge(Node(names, i), Node(names, (i + 1) % names.Length), Mechanism.Pipe, 1, 1, Certainty.Exact))];

    private static GraphNode Node(string[] names, int i) => new(PartyKind.Process, names[i], (uint)i + 1);

    private static string Visible(string name, int i) => $"{HostileText.Shown(name)}[{i + 1}]";

    // A quoted string of the DOT language, then its escapes and HTML entities, which are all that a label knows.
    private static string Label(string line)
    {
        Match match = NodeLine().Match(line);
        Assert.True(match.Success, line);
        return Escape().Replace(match.Groups[1].Value, escape => escape.Value == "&amp;" ? "&" : escape.Value[1..]);
    }

    [GeneratedRegex("""^  n[0-9]+ \[label="((?:[^"\\&]|\\\\|\\"|&amp;)*)"\];$""")]
    private static partial Regex NodeLine();

    [GeneratedRegex("""\\.|&amp;""")]
    private static partial Regex Escape();
}
