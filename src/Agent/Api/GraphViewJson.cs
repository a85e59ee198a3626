using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Api;

/// <summary>Nodes and edges.</summary>
internal static class GraphViewJson
{
    private const int Room = 512;

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
        Name(json, edge.Id, edge.Source, edge.Destination, edge.Mechanism);
        Figures(json, edge.Operations, edge.Bytes, edge.OperationRate, edge.ByteRate, edge.Delivery, edge.WaitShare);
        json.WriteString("certainty"u8, Words.Certainties[(int)edge.Certainty]);
        DocumentJson.Strings(json, "channel_ids", edge.Channels);
        json.WriteEndObject();
    }

    /// <summary>An edge between two processes as an object.</summary>
    public static void Write(Utf8JsonWriter json, EdgeRow row)
    {
        EdgeRate edge = row.Edge;
        json.WriteStartObject();
        FieldText.Write(json, edge.Name.Text);
        Figures(json, edge.Operations, edge.Bytes, edge.OperationRate, edge.ByteRate, row.Delivery, row.WaitShare);
        json.WriteString("certainty"u8, Words.Certainties[(int)edge.Certainty]);
        DocumentJson.Strings(json, "channel_ids", row.Channels);
        json.WriteEndObject();
    }

    /// <summary>What an edge is, as fields of an object.</summary>
    public static void Name(Utf8JsonWriter json, string id, string source, string destination, Mechanism mechanism)
    {
        json.WriteString("id"u8, id);
        json.WriteString("source"u8, source);
        json.WriteString("destination"u8, destination);
        json.WriteString("mechanism"u8, Words.Mechanisms[(int)mechanism]);
    }

    private static void Figures(Utf8JsonWriter json, ulong operations, ulong bytes, double operationRate, double byteRate, in DurationBuckets delivery, double waitShare)
    {
        var fields = new Fragment(stackalloc byte[Room]);
        fields.Number("operations"u8, operations);
        fields.Number("bytes"u8, bytes);
        fields.Number("operations_per_second"u8, operationRate, 3);
        fields.Number("bytes_per_second"u8, byteRate, 3);
        fields.Number("delivery_p99_seconds"u8, Flows.CountersExtensions.Quantile(delivery, 0.99));
        fields.Number("wait_share"u8, waitShare, 6);
        fields.WriteTo(json);
    }
}
