using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>An arrow of the graph.</summary>
/// <param name="Source">Who gave.</param>
/// <param name="Destination">Who got it.</param>
/// <param name="Mechanism">By which mechanism.</param>
/// <param name="Operations">Operations of the source that succeeded.</param>
/// <param name="Bytes">What they moved.</param>
/// <param name="Certainty">How well the destination is known.</param>
internal sealed record GraphEdge(GraphNode Source, GraphNode Destination, Mechanism Mechanism, ulong Operations, ulong Bytes, Certainty Certainty)
{
    /// <summary><c>exact</c>, <c>observed</c>, <c>hint</c>, <c>remote</c>; empty: the destination is not known.</summary>
    public string How => (Source.Kind, Destination.Kind) switch
    {
        (_, PartyKind.Remote) => "remote",
        (_, PartyKind.Unknown) or (PartyKind.Other, _) => "",
        _ => Words.Certainties[(int)Certainty],
    };

    /// <summary>All edges, the largest first: by bytes, then operations, then names.</summary>
    /// <param name="edges">Between single processes.</param>
    /// <param name="group">What a node is.</param>
    /// <param name="places">Tells the container and pod of processes.</param>
    public static IReadOnlyList<GraphEdge> Group(IEnumerable<EdgeSample> edges, GraphGroup group, GraphPlaces places) =>
    [
        .. edges
            .GroupBy(edge => (Source: GraphNode.Of(edge.Source, group, places), Destination: GraphNode.Of(edge.Destination, group, places), edge.Mechanism))
            .Select(same => new GraphEdge(
                same.Key.Source, same.Key.Destination, same.Key.Mechanism,
                same.Aggregate(0UL, (sum, edge) => sum + edge.Operations),
                same.Aggregate(0UL, (sum, edge) => sum + edge.Bytes),
                same.Max(edge => edge.Certainty)))
            .OrderByDescending(edge => edge.Bytes)
            .ThenByDescending(edge => edge.Operations)
            .ThenBy(edge => edge.Source.Label, StringComparer.Ordinal)
            .ThenBy(edge => edge.Destination.Label, StringComparer.Ordinal)
            .ThenBy(edge => edge.Mechanism),
    ];
}
