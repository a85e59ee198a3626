using System.Globalization;
using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>
/// Text as a terminal shows it: how many cells it takes, and nothing in it that commands the terminal
/// (process names and socket paths are whatever a program wants them to be).
/// </summary>
internal static class DisplayText
{
    private const char Ellipsis = '…';

    // First and last code points that take two cells: East Asian Wide and Fullwidth (Unicode TR 11) and pictographs, by block.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>The same text with every character made visible that commands a terminal.</summary>
    public static string Clean(string text) => Unprintable.Replace(text);

    /// <summary>How many cells a cleaned text takes.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }
        return width;
    }

    /// <summary>The text in at most <paramref name="width"/> cells; what is too long ends in <c>…</c>.</summary>
    public static string Cut(string text, int width)
    {
        // Most text is far shorter than it may be: a character takes two cells at most.
        if (text.Length <= width / 2 || Width(text) <= width)
        {
            return text;
        }
        if (width <= 0)
        {
            return "";
        }
        int cells = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            cells += Width(rune);
            if (cells > width - 1)
            {
                break;
            }
            length += rune.Utf16SequenceLength;
        }
        return string.Concat(text.AsSpan(0, length), [Ellipsis]);
    }

    /// <summary>Breaks a text between words; a word that is too long is not broken. Line ends count as spaces.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in Clean(text.ReplaceLineEndings(" ")).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }

    private static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }
        foreach ((int first, int last) in Wide)
        {
            if (rune.Value >= first && rune.Value <= last)
            {
                return 2;
            }
        }
        return 1;
    }
}
