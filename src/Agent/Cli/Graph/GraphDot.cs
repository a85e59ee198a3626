using System.Text;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>The graph in the language of graphviz. Names are only in labels, so that any name will do.</summary>
internal static class GraphDot
{
    /// <summary>The whole graph.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<GraphEdge> edges, double seconds)
    {
        var nodes = new GraphNodes(edges);
        yield return "digraph ipcscope {";
        yield return "  rankdir=LR;";
        yield return "  node [shape=box];";
        foreach (GraphNode node in nodes.All)
        {
            yield return $"  n{nodes.IndexOf(node)} [label={Quote(node.Label)}{Shape(node)}];";
        }
        foreach (GraphEdge edge in edges)
        {
            // What the kernel does not say itself is drawn thinner.
            string style = edge.Certainty == Certainty.Exact ? "" : ",color=gray40";
            yield return $"  n{nodes.IndexOf(edge.Source)} -> n{nodes.IndexOf(edge.Destination)} [label={Quote(GraphNodes.LabelOf(edge, seconds))}{style}];";
        }
        yield return "}";
    }

    /// <summary>
    /// A quoted string of that language as a label shows it: there a backslash begins an escape, and &amp; the name of a character. What
    /// commands whoever shows it has no place in it.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '&' => "&amp;",
                _ when Unprintable.Is(rune) => "\uFFFD",
                _ => rune.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    private static string Shape(GraphNode node) => node.Kind switch
    {
        PartyKind.Process => "",
        PartyKind.Remote => ",shape=ellipse",
        _ => ",style=dashed",
    };
}
