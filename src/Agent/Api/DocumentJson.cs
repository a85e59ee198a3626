using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>What documents have in common.</summary>
internal static class DocumentJson
{
    /// <summary><c>schema</c>, <c>time</c> and <c>interval_seconds</c>.</summary>
    public static void Begin(Utf8JsonWriter json, DateTimeOffset time, double seconds)
    {
        json.WriteNumber("schema"u8, JsonLine.Schema);
        Time(json, "time", time);
        json.WriteNumber("interval_seconds"u8, Math.Round(seconds, 6));
    }

    /// <summary>RFC 3339, UTC.</summary>
    public static void Time(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));

    /// <summary>Strings.</summary>
    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}
