using System.Buffers.Text;
using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Some fields of a JSON object as text. What is written of hundreds of rows a second goes through here: a writer of JSON takes three times as long for a number.</summary>
/// <param name="room">Where the text is made: 64 bytes a field are enough.</param>
internal ref struct Fragment(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private int _length;

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">Needs no escapes.</param>
    /// <param name="value">The number.</param>
    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        Name(name);
        _ = Utf8Formatter.TryFormat(value, _room[_length..], out int written);
        _length += written;
    }

    /// <summary>Adds a figure; null where JSON has no number for it: NaN, infinity.</summary>
    /// <param name="name">Needs no escapes.</param>
    /// <param name="value">The figure.</param>
    /// <param name="digits">How many behind the point.</param>
    public void Number(ReadOnlySpan<byte> name, double value, int digits = 9)
    {
        Name(name);
        _length += JsonLine.Format(_room[_length..], value, digits);
    }

    /// <summary>Puts them into the object that is written.</summary>
    public readonly void WriteTo(Utf8JsonWriter json) => json.WriteRawValue(_room[.._length], skipInputValidation: true);

    private void Name(ReadOnlySpan<byte> name)
    {
        if (_length > 0)
        {
            _room[_length++] = (byte)',';
        }
        _room[_length++] = (byte)'"';
        name.CopyTo(_room[_length..]);
        _length += name.Length;
        "\":"u8.CopyTo(_room[_length..]);
        _length += 2;
    }
}
