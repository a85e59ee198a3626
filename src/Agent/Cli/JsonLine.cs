using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Ipcscope.Cli;

/// <summary>One JSON object as a line of output.</summary>
internal static class JsonLine
{
    /// <summary>Version of the format; it grows when a field changes its meaning or goes.</summary>
    public const int Schema = 1;

    /// <summary>Names and paths stay readable.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JsonEscaping.Instance, SkipValidation = true };

    /// <summary>The object, <c>schema</c> first.</summary>
    public static string Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        fields(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A figure; null where JSON has no number for it: NaN, infinity.</summary>
    public static void Number(Utf8JsonWriter json, string name, double value, int digits = 9)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round((decimal)value, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
