using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>
/// Escapes what JSON wants escaped and, as <c>\u202E</c>, what would command a terminal: names come back exactly, and stay readable otherwise.
/// Output is never put into HTML as it is.
/// </summary>
internal sealed unsafe class JsonEscaping : JavaScriptEncoder
{
    private const int Ahead = 12; // a surrogate pair as two escapes

    private static readonly JavaScriptEncoder Inner = UnsafeRelaxedJsonEscaping;
    private static readonly SearchValues<char> PlainText =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c).Where(static c => c is not ('"' or '\\'))]);
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(static c => c is not ('"' or '\\')).Select(static c => (byte)c)]);

    /// <summary>The one there is.</summary>
    public static JsonEscaping Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => Ahead;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => Unprintable.Is(new Rune(unicodeScalar)) || Inner.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        if (!new ReadOnlySpan<char>(text, textLength).ContainsAnyExcept(PlainText))
        {
            return -1;
        }
        for (int i = 0; i < textLength;)
        {
            if (Rune.DecodeFromUtf16(new ReadOnlySpan<char>(text + i, textLength - i), out Rune rune, out int length) != OperationStatus.Done || WillEncode(rune.Value))
            {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
        utf8Text.ContainsAnyExcept(Plain) ? base.FindFirstCharacterToEncodeUtf8(utf8Text) : -1;

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (Inner.WillEncode(unicodeScalar))
        {
            return Inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }
        var target = new Span<char>(buffer, bufferLength);
        numberOfCharactersWritten = 0;
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..new Rune(unicodeScalar).EncodeToUtf16(units)])
        {
            if (!target[numberOfCharactersWritten..].TryWrite($"\\u{(int)unit:X4}", out int written))
            {
                numberOfCharactersWritten = 0;
                return false;
            }
            numberOfCharactersWritten += written;
        }
        return true;
    }
}
