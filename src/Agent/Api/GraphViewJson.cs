using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Export;

namespace Ipcscope.Api;

/// <summary>Nodes and edges.</summary>
internal static class GraphViewJson
{
    /// <summary>A node as an object.</summary>
    public static void Write(Utf8JsonWriter json, ViewNode node)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, node.Id);
        json.WriteString("kind"u8, node.Kind);
        json.WriteString("name"u8, node.Name);
        if (node.Process is { } process)
        {
            json.WriteNumber("pid"u8, process.Pid);
            json.WriteString("process_id"u8, node.Id);
        }
        PlaceJson.Write(json, node.Place);
        json.WriteEndObject();
    }

    /// <summary>An edge as an object.</summary>
    public static void Write(Utf8JsonWriter json, ViewEdge edge)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, edge.Id);
        json.WriteString("source"u8, edge.Source);
        json.WriteString("destination"u8, edge.Destination);
        json.WriteString("mechanism"u8, Words.Mechanisms[(int)edge.Mechanism]);
        json.WriteNumber("operations"u8, edge.Operations);
        json.WriteNumber("bytes"u8, edge.Bytes);
        JsonLine.Number(json, "operations_per_second"u8, edge.OperationRate, 3);
        JsonLine.Number(json, "bytes_per_second"u8, edge.ByteRate, 3);
        JsonLine.Number(json, "delivery_p99_seconds"u8, Flows.CountersExtensions.Quantile(edge.Delivery, 0.99));
        JsonLine.Number(json, "wait_share"u8, edge.WaitShare, 6);
        json.WriteString("certainty"u8, Words.Certainties[(int)edge.Certainty]);
        DocumentJson.Strings(json, "channel_ids", edge.Channels);
        json.WriteEndObject();
    }
}
