using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Sums and rates.</summary>
internal static class ActivityJson
{
    /// <summary>What was done since it was seen first.</summary>
    public static void Sums(Utf8JsonWriter json, Activity activity)
    {
        json.WriteNumber("operations"u8, activity.Operations);
        json.WriteNumber("errors"u8, activity.Errors);
        json.WriteNumber("would_block"u8, activity.WouldBlock);
        json.WriteNumber("written_bytes"u8, activity.Written);
        json.WriteNumber("read_bytes"u8, activity.Read);
    }

    /// <summary>What was done in the last interval, a second.</summary>
    public static void Rates(Utf8JsonWriter json, Activity activity, double seconds)
    {
        ref readonly FlowCounters growth = ref activity.Growth;
        JsonLine.Number(json, "operations_per_second"u8, activity.NewOperations / seconds, 3);
        JsonLine.Number(json, "written_bytes_per_second"u8, activity.NewWritten / seconds, 3);
        JsonLine.Number(json, "read_bytes_per_second"u8, activity.NewRead / seconds, 3);
        JsonLine.Number(json, "errors_per_second"u8, growth.Errors / seconds, 3);
        JsonLine.Number(json, "duration_p50_seconds"u8, growth.Duration.Quantile(0.5));
        JsonLine.Number(json, "duration_p99_seconds"u8, growth.Duration.Quantile(0.99));
        JsonLine.Number(json, "delivery_p50_seconds"u8, growth.Delivery.Quantile(0.5));
        JsonLine.Number(json, "delivery_p99_seconds"u8, growth.Delivery.Quantile(0.99));
        JsonLine.Number(json, "wait_full_seconds_per_second"u8, activity.Waited(WaitReason.Full) * 1e-9 / seconds, 6);
        JsonLine.Number(json, "wait_empty_seconds_per_second"u8, activity.Waited(WaitReason.Empty) * 1e-9 / seconds, 6);
        JsonLine.Number(json, "wait_lock_seconds_per_second"u8, activity.Waited(WaitReason.Lock) * 1e-9 / seconds, 6);
    }
}
