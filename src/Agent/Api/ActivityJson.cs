using System.Text.Json;
using Ipcscope.Decode;

namespace Ipcscope.Api;

/// <summary>Sums and rates.</summary>
internal static class ActivityJson
{
    private const int Room = 1024;

    /// <summary>What was done since it was seen first.</summary>
    public static void Sums(Utf8JsonWriter json, Activity activity)
    {
        var fields = new Fragment(stackalloc byte[Room]);
        Sums(ref fields, activity);
        fields.WriteTo(json);
    }

    /// <summary>The same, and what was done in the last interval, a second.</summary>
    public static void SumsAndRates(Utf8JsonWriter json, Activity activity, double seconds)
    {
        var fields = new Fragment(stackalloc byte[Room]);
        Sums(ref fields, activity);
        fields.Number("operations_per_second"u8, activity.NewOperations / seconds, 3);
        fields.Number("written_bytes_per_second"u8, activity.NewWritten / seconds, 3);
        fields.Number("read_bytes_per_second"u8, activity.NewRead / seconds, 3);
        fields.Number("errors_per_second"u8, activity.NewErrors / seconds, 3);
        fields.Number("duration_p50_seconds"u8, activity.Duration.Median);
        fields.Number("duration_p99_seconds"u8, activity.Duration.Most);
        fields.Number("delivery_p50_seconds"u8, activity.Delivery.Median);
        fields.Number("delivery_p99_seconds"u8, activity.Delivery.Most);
        fields.Number("wait_full_seconds_per_second"u8, activity.Waited(WaitReason.Full) * 1e-9 / seconds, 6);
        fields.Number("wait_empty_seconds_per_second"u8, activity.Waited(WaitReason.Empty) * 1e-9 / seconds, 6);
        fields.Number("wait_lock_seconds_per_second"u8, activity.Waited(WaitReason.Lock) * 1e-9 / seconds, 6);
        fields.WriteTo(json);
    }

    private static void Sums(ref Fragment fields, Activity activity)
    {
        fields.Number("operations"u8, activity.Operations);
        fields.Number("errors"u8, activity.Errors);
        fields.Number("would_block"u8, activity.WouldBlock);
        fields.Number("written_bytes"u8, activity.Written);
        fields.Number("read_bytes"u8, activity.Read);
    }
}
