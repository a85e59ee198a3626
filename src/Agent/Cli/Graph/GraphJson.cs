using System.Text.Json;
using Ipcscope.Edges;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>The graph as JSON: base units.</summary>
internal static class GraphJson
{
    private static readonly string[] Kinds = [.. Enum.GetNames<PartyKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>One object an edge.</summary>
    /// <param name="edges">The edges in order.</param>
    /// <param name="group">What a node is.</param>
    /// <param name="seconds">How long was looked.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<GraphEdge> edges, GraphGroup group, double seconds) => edges.Select(edge => JsonLine.Write(json =>
    {
        Node(json, "source", edge.Source, group);
        Node(json, "destination", edge.Destination, group);
        json.WriteString("mechanism", Words.Mechanisms[(int)edge.Mechanism]);
        json.WriteNumber("operations", edge.Operations);
        json.WriteNumber("bytes", edge.Bytes);
        json.WriteNumber("duration_seconds", Math.Round(seconds, 9));
        json.WriteNumber("operations_per_second", Math.Round(edge.Operations / seconds, 3));
        json.WriteNumber("bytes_per_second", Math.Round(edge.Bytes / seconds, 3));
        json.WriteString("certainty", edge.How);
    }));

    private static void Node(Utf8JsonWriter json, string name, GraphNode node, GraphGroup group)
    {
        json.WriteStartObject(name);
        json.WriteString("kind", Kinds[(int)node.Kind]);
        json.WriteString(node.Kind != PartyKind.Process || group is GraphGroup.Pid or GraphGroup.Process ? "name" : Word(group), node.Name);
        if (node.Pid != 0)
        {
            json.WriteNumber("pid", node.Pid);
        }
        json.WriteEndObject();
    }

    private static string Word(GraphGroup group) => group == GraphGroup.Pod ? "pod" : "container";
}
