using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>Which properties they are.</summary>
internal static class RateNames
{
    /// <summary>What the property's name that the reader stands at is.</summary>
    public static RateName Of(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("operations_per_second"u8) ? RateName.Operations
        : reader.ValueTextEquals("written_bytes_per_second"u8) || reader.ValueTextEquals("read_bytes_per_second"u8) || reader.ValueTextEquals("bytes_per_second"u8) ? RateName.Bytes
        : reader.ValueTextEquals("wait_full_seconds_per_second"u8) || reader.ValueTextEquals("wait_lock_seconds_per_second"u8) ? RateName.Wait
        : reader.ValueTextEquals("duration_p99_seconds"u8) ? RateName.Duration
        : reader.ValueTextEquals("mechanism"u8) ? RateName.Mechanism
        : RateName.None;
}
