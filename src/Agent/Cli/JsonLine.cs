using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Ipcscope.Cli;

/// <summary>One JSON object as a line of output.</summary>
internal static class JsonLine
{
    /// <summary>Version of the format; it grows when a field changes its meaning or goes.</summary>
    public const int Schema = 1;

    // A double tells so many apart.
    private const double Exact = 1e15;
    private const int Longest = 32;

    private static readonly double[] Scales = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

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
        json.WritePropertyName(name);
        Value(json, value, digits);
    }

    /// <summary>The same, where it is written often.</summary>
    public static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value, int digits = 9)
    {
        json.WritePropertyName(name);
        Value(json, value, digits);
    }

    /// <summary>The same as text.</summary>
    /// <param name="text">Where to: 32 bytes are enough.</param>
    /// <param name="value">The figure.</param>
    /// <param name="digits">How many behind the point.</param>
    /// <returns>How many bytes it has.</returns>
    public static int Format(Span<byte> text, double value, int digits)
    {
        double scaled = Math.Round(value * Scales[digits]);
        if (!double.IsFinite(value))
        {
            "null"u8.CopyTo(text);
            return 4;
        }
        if (Math.Abs(scaled) >= Exact || digits == 0)
        {
            _ = Utf8Formatter.TryFormat(Math.Round((decimal)value, digits), text, out int all);
            return all;
        }
        return Digits(text, (long)scaled, digits);
    }

    private static void Value(Utf8JsonWriter json, double value, int digits)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteRawValue(text[..Format(text, value, digits)], skipInputValidation: true);
    }

    // A decimal writes the same, and takes ten times as long.
    private static int Digits(Span<byte> text, long scaled, int digits)
    {
        (long whole, long rest) = Math.DivRem(Math.Abs(scaled), (long)Scales[digits]);
        int length = 0;
        if (scaled < 0)
        {
            text[length++] = (byte)'-';
        }
        _ = Utf8Formatter.TryFormat(whole, text[length..], out int written);
        length += written;
        if (rest == 0)
        {
            return length;
        }
        text[length++] = (byte)'.';
        for (int i = digits - 1; i >= 0; i--, rest /= 10)
        {
            text[length + i] = (byte)('0' + (rest % 10));
        }
        length += digits;
        while (text[length - 1] == (byte)'0')
        {
            length--;
        }
        return length;
    }
}
