using System.Text;

namespace Ipcscope.Cli;

/// <summary>Which key was pressed.</summary>
internal enum KeyKind
{
    /// <summary>One that means nothing here.</summary>
    Other,
    /// <summary>A character.</summary>
    Text,
    /// <summary>Enter.</summary>
    Enter,
    /// <summary>Tab.</summary>
    Tab,
    /// <summary>Backspace or delete.</summary>
    Backspace,
    /// <summary>Escape alone.</summary>
    Escape,
    /// <summary>Arrow up.</summary>
    Up,
    /// <summary>Arrow down.</summary>
    Down,
    /// <summary>Page up.</summary>
    PageUp,
    /// <summary>Page down.</summary>
    PageDown,
    /// <summary>Home.</summary>
    Home,
    /// <summary>End.</summary>
    End,
}

/// <summary>A key.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Text">The character of <see cref="KeyKind.Text"/>.</param>
internal readonly record struct Key(KeyKind Kind, Rune Text = default)
{
    private const byte EscapeByte = 0x1B;

    /// <summary>Takes the first key of what a terminal sent (ECMA-48 and xterm's sequences); one read(2) holds whole keys.</summary>
    /// <param name="input">At least one byte.</param>
    /// <param name="length">How many bytes the key takes.</param>
    public static Key Read(ReadOnlySpan<byte> input, out int length)
    {
        length = 1;
        switch (input[0])
        {
            case (byte)'\r' or (byte)'\n':
                return new(KeyKind.Enter);
            case (byte)'\t':
                return new(KeyKind.Tab);
            case 0x7F or 0x08:
                return new(KeyKind.Backspace);
            case EscapeByte:
                return input is [_, (byte)'[' or (byte)'O', _, ..] ? ReadSequence(input, out length) : new(KeyKind.Escape);
            case < 0x20:
                return new(KeyKind.Other);
            default:
                _ = Rune.DecodeFromUtf8(input, out Rune rune, out length);
                return new(KeyKind.Text, rune);
        }
    }

    // ESC [ or ESC O, parameters, and a final byte from @ to ~.
    private static Key ReadSequence(ReadOnlySpan<byte> input, out int length)
    {
        int end = input[2..].IndexOfAnyInRange((byte)'@', (byte)'~');
        length = end < 0 ? input.Length : end + 3;
        ReadOnlySpan<byte> parameters = input[2..(end < 0 ? input.Length : end + 2)];
        byte first = parameters.Length > 0 ? parameters[0] : (byte)0;
        return new(end < 0 ? KeyKind.Other : (input[end + 2], first) switch
        {
            ((byte)'A', _) => KeyKind.Up,
            ((byte)'B', _) => KeyKind.Down,
            ((byte)'H', _) or ((byte)'~', (byte)'1' or (byte)'7') => KeyKind.Home,
            ((byte)'F', _) or ((byte)'~', (byte)'4' or (byte)'8') => KeyKind.End,
            ((byte)'~', (byte)'5') => KeyKind.PageUp,
            ((byte)'~', (byte)'6') => KeyKind.PageDown,
            ((byte)'~', (byte)'3') => KeyKind.Backspace,
            _ => KeyKind.Other,
        });
    }
}
