using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Tests.Edges;

/// <summary>Graphs with names that no format likes.</summary>
internal static class GraphScene
{
    /// <summary>What processes may be called: any bytes but NUL; what is no UTF-8 has become U+FFFD before.</summary>
    public static readonly string[] Names =
    [
        "plain", "two words", "a\"b", "\"", "a\nb", "\r\n", "a\tb", "\u0001\u001b[31m", "a\\", "a\\\"", "\\N\\l\\G", "&lt;b&gt;", "<b>x</b>", "a&b", "`x`", "%% no", "#quot;",
        "#35;", "]-->n2[", "|x|", "end", "subgraph", "graph{};", "n0", "é→漢字🙂", "\uFFFD\uFFFD", "\u0085\u009f", "//c", "*/", "{{x}}", "a;b", "$(x)", "'", "[77]", "-",
    ];

    /// <summary>Each name gives to the next one, by pid.</summary>
    public static IReadOnlyList<GraphEdge> Ring { get; } =
        [.. Names.Select((name, i) => new GraphEdge(Node(i), Node((i + 1) % Names.Length), Mechanism.Pipe, (ulong)(Names.Length - i), 64, (Certainty)(i % 3)))];

    /// <summary>What a reader sees of a label.</summary>
    public static string Visible(string label) => string.Concat(label.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    public static GraphNode Node(int i) => new(PartyKind.Process, Names[i], (uint)i + 1);
}
