using System.Buffers;
using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Fields of a JSON object as text that is kept: most of what is told of a row is the same every time.</summary>
internal static class FieldText
{
    // One of each for a thread: two thousand processes a second may come and go.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _text;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>Makes it.</summary>
    /// <param name="fields">Writes one field at least, outside of any object.</param>
    public static byte[] Make(Action<Utf8JsonWriter> fields)
    {
        _text ??= new ArrayBufferWriter<byte>(512);
        _text.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_text, JsonLine.Options);
        _json.Reset();
        fields(_json);
        _json.Flush();
        return _text.WrittenSpan.ToArray();
    }

    /// <summary>Puts it into the object that is written.</summary>
    public static void Write(Utf8JsonWriter json, byte[] text) => json.WriteRawValue(text, skipInputValidation: true);
}
