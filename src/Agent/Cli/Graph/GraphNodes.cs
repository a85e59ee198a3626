using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>The nodes of some edges, numbered in the order of their first appearance.</summary>
internal sealed class GraphNodes
{
    private readonly Dictionary<GraphNode, int> _numbers = [];

    /// <summary>Numbers them.</summary>
    public GraphNodes(IEnumerable<GraphEdge> edges)
    {
        foreach (GraphEdge edge in edges)
        {
            _numbers.TryAdd(edge.Source, _numbers.Count);
            _numbers.TryAdd(edge.Destination, _numbers.Count);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<GraphNode> All => _numbers.Keys;

    /// <summary>The number of a node.</summary>
    public int IndexOf(GraphNode node) => _numbers[node];

    /// <summary>What stands at an arrow: <c>pipe 1,234 ops 1.2 MiB 240 KiB/s observed</c>; <c>exact</c> goes without saying.</summary>
    public static string LabelOf(GraphEdge edge, double seconds) =>
        $"{Words.Mechanisms[(int)edge.Mechanism]} {Units.Count(edge.Operations)} {(edge.Operations == 1 ? "op" : "ops")}"
        + (edge.Bytes > 0 ? $" {Units.Size(edge.Bytes)}" : "")
        + $" {GraphTable.Rate(edge, seconds)}"
        + (edge.How is "" or "exact" or "remote" ? "" : $" {edge.How}");
}
