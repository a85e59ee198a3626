using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>The graph as columns.</summary>
internal static class GraphTable
{
    private static readonly TextColumn[] Columns =
    [
        new("SOURCE", Minimum: 12, Elastic: true),
        new(""),
        new("DESTINATION", Minimum: 12, Elastic: true),
        new("MECHANISM", Rank: 2),
        new("OPS", Rank: 3, RightAligned: true),
        new("BYTES", RightAligned: true),
        new("RATE", Rank: 4, RightAligned: true),
        new("HOW", Rank: 1),
    ];

    /// <summary>One row an edge.</summary>
    /// <param name="edges">The edges in order.</param>
    /// <param name="seconds">How long was looked.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="styles">Colours.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<GraphEdge> edges, double seconds, int width, Styles styles)
    {
        var table = new TextTable(Columns, styles);
        foreach (GraphEdge edge in edges)
        {
            table.Add(
                edge.Source.Label,
                "→",
                edge.Destination.Label,
                Words.Mechanisms[(int)edge.Mechanism],
                Units.Count(edge.Operations),
                edge.Bytes > 0 ? Units.Size(edge.Bytes) : "-",
                Rate(edge, seconds),
                new TextCell(edge.How.Length > 0 ? edge.How : "-", edge.Certainty == Certainty.Exact ? "" : styles.Faint));
        }
        return table.Render(width);
    }

    /// <summary>Bytes a second; of what has none, operations a second.</summary>
    public static string Rate(GraphEdge edge, double seconds) =>
        edge.Bytes > 0 ? $"{Units.Size((ulong)Math.Round(edge.Bytes / seconds))}/s" : $"{Units.Rate(edge.Operations / seconds)}/s";
}
