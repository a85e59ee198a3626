using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A channel with all that is known of it.</summary>
internal static class ChannelDetail
{
    /// <summary>As fields of an object.</summary>
    public static void Write(Utf8JsonWriter json, ChannelRow row, View view)
    {
        ChannelJson.Fields(json, row, view.Seconds);
        var sum = default(FlowCounters);
        ulong[] waits = new ulong[Enum.GetValues<WaitReason>().Length];
        json.WriteStartArray("flows"u8);
        foreach (Traced flow in row.Flows)
        {
            sum.Add(flow.Now);
            waits[(int)WaitReasons.Reason(flow.Mechanism, flow.Operation)] += flow.Now.WaitNs;
            Write(json, flow);
        }
        json.WriteEndArray();
        Errors(json, row);
        LatencyJson.Durations(json, "duration", sum.Duration);
        LatencyJson.Sizes(json, "size", sum.Size);
        LatencyJson.Durations(json, "delivery", sum.Delivery);
        json.WriteStartObject("waits"u8);
        json.WriteNumber("full_seconds"u8, TraceJson.ToSeconds(waits[(int)WaitReason.Full]));
        json.WriteNumber("empty_seconds"u8, TraceJson.ToSeconds(waits[(int)WaitReason.Empty]));
        json.WriteNumber("lock_seconds"u8, TraceJson.ToSeconds(waits[(int)WaitReason.Lock]));
        json.WriteEndObject();
        WaitJson.Write(json, "waiting", view.Waits.Where(wait => wait.Call.Flow.Channel == row.Channel.Key));
    }

    private static void Errors(Utf8JsonWriter json, ChannelRow row)
    {
        json.WriteStartObject("errors_by_name"u8);
        foreach (IGrouping<int, ErrorCount> same in row.Flows.Where(flow => !flow.Errors.IsDefault).SelectMany(flow => flow.Errors).GroupBy(error => error.Number).OrderBy(same => same.Key))
        {
            json.WriteNumber(same.Key == 0 ? "other" : Errno.Name(same.Key), same.Aggregate(0UL, (sum, error) => sum + error.Count));
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Traced flow)
    {
        json.WriteStartObject();
        json.WriteString("process_id"u8, Ids.Of(flow.Process.Key));
        json.WriteString("process"u8, flow.Process.Name);
        json.WriteNumber("pid"u8, flow.Process.Key.Pid);
        json.WriteString("operation"u8, Words.Operations[(int)flow.Operation]);
        json.WriteString("via"u8, Words.Vias[(int)flow.Via]);
        if (Details.Word(flow.Mechanism, flow.Operation, flow.Detail) is { Length: > 0 } detail)
        {
            json.WriteString("detail"u8, detail);
        }
        json.WriteNumber("operations"u8, flow.Now.Operations());
        json.WriteNumber("bytes"u8, flow.Now.Bytes);
        json.WriteNumber("errors"u8, flow.Now.Errors);
        json.WriteNumber("would_block"u8, flow.Now.WouldBlock);
        json.WriteEndObject();
    }
}
