using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Api;

/// <summary>Histograms.</summary>
internal static class LatencyJson
{
    /// <summary>Durations since the look before by mechanism, and where their buckets end.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<Mechanism, DurationBuckets> latency, bool bounds)
    {
        json.WriteStartArray("latency"u8);
        foreach ((Mechanism mechanism, DurationBuckets buckets) in latency.OrderBy(each => each.Key))
        {
            json.WriteStartObject();
            json.WriteString("mechanism"u8, Words.Mechanisms[(int)mechanism]);
            Counts(json, buckets);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (bounds)
        {
            Bounds(json, "latency_bounds_seconds");
        }
    }

    /// <summary>A histogram of times as an object.</summary>
    public static void Durations(Utf8JsonWriter json, string name, in DurationBuckets buckets)
    {
        json.WriteStartObject(name);
        Bounds(json, "bounds_seconds");
        Counts(json, buckets);
        json.WriteEndObject();
    }

    /// <summary>A histogram of sizes as an object.</summary>
    public static void Sizes(Utf8JsonWriter json, string name, in SizeBuckets buckets)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("bounds_bytes"u8);
        for (int i = 0; i < SizeBuckets.Count - 1; i++)
        {
            json.WriteNumberValue(1L << i);
        }
        json.WriteEndArray();
        json.WriteStartArray("counts"u8);
        foreach (ulong count in buckets)
        {
            json.WriteNumberValue(count);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Bounds(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < DurationBuckets.Count - 1; i++)
        {
            json.WriteNumberValue(Math.ScaleB(1, i - DurationBuckets.Shift));
        }
        json.WriteEndArray();
    }

    private static void Counts(Utf8JsonWriter json, in DurationBuckets buckets)
    {
        json.WriteStartArray("counts"u8);
        foreach (ulong count in buckets)
        {
            json.WriteNumberValue(count);
        }
        json.WriteEndArray();
    }
}
