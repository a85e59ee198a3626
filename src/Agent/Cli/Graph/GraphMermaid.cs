using System.Text;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Cli;

/// <summary>The graph in the language of Mermaid's flow charts. Names are only in quoted labels, so that any name will do.</summary>
internal static class GraphMermaid
{
    // What may stand in quotes as it is: neither the quote, nor # (begins an entity), % (a comment), ` (Markdown) and what HTML knows.
    private const string Plain = " ._-:/@+,()[]=";

    /// <summary>The whole graph.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<GraphEdge> edges, double seconds)
    {
        var nodes = new GraphNodes(edges);
        yield return "flowchart LR";
        foreach (GraphNode node in nodes.All)
        {
            string label = Quote(node.Label);
            yield return $"  n{nodes.IndexOf(node)}{(node.Kind == PartyKind.Process ? $"[{label}]" : $"([{label}])")}";
        }
        foreach (GraphEdge edge in edges)
        {
            string arrow = edge.Certainty == Certainty.Exact ? "-->" : "-.->";
            yield return $"  n{nodes.IndexOf(edge.Source)} {arrow}|{Quote(GraphNodes.LabelOf(edge, seconds))}| n{nodes.IndexOf(edge.Destination)}";
        }
    }

    /// <summary>A quoted label, which may not be empty: every other ASCII character as an entity, <c>#34;</c>.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length > 0 ? "\"" : "\" ");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(
                Unprintable.Is(rune) ? "\uFFFD"
                : !rune.IsAscii || Rune.IsLetterOrDigit(rune) || Plain.Contains((char)rune.Value, StringComparison.Ordinal) ? rune.ToString()
                : $"#{rune.Value};");
        }
        return quoted.Append('"').ToString();
    }
}
