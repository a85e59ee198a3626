using System.Buffers;
using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Fields of a JSON object as text that is kept: most of what is told of a row is the same every time.</summary>
internal static class FieldText
{
    /// <summary>Makes it.</summary>
    /// <param name="fields">Writes one field at least, outside of any object.</param>
    public static byte[] Make(Action<Utf8JsonWriter> fields)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(text, JsonLine.Options);
        fields(json);
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Puts it into the object that is written.</summary>
    public static void Write(Utf8JsonWriter json, byte[] text) => json.WriteRawValue(text, skipInputValidation: true);
}
