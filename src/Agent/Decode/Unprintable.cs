using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ipcscope.Decode;

/// <summary>
/// Characters that command whoever shows them instead of being seen: a program may put them into its name, a path or the name of a queue.
/// Control characters move a terminal's cursor; format characters turn the direction of writing or hide (Unicode TR 36, Trojan Source).
/// </summary>
internal static class Unprintable
{
    /// <summary>What is shown instead: REPLACEMENT CHARACTER.</summary>
    public const char Mark = '\uFFFD';

    private static readonly SearchValues<char> Ascii = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)]);

    /// <summary>Whether a character is one of them.</summary>
    public static bool Is(Rune rune) => rune.Value is < ' ' or > '~' && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>The same text with a <see cref="Mark"/> for each of them, and for each half of a surrogate pair.</summary>
    public static string Replace(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Ascii))
        {
            return text;
        }
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(Is(rune) ? Rune.ReplacementChar : rune);
        }
        return clean.ToString();
    }
}
