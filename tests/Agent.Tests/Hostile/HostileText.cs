using System.Text;

namespace Ipcscope.Tests.Hostile;

/// <summary>Names as an attacker would choose them.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "a", "sh", " ", "\"", "'", "\\", "\n", "\r", "\t", "\u0001", "\u007F", "\u0085", "\u009B31m", "\e[2J", "\e]0;title\a", "\e]8;;http://x\e\\", "\b\b\b",
        "\u061C", "\u00AD", "\u200B", "\u200D", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202E", "\u2066", "\u2069", "\uFEFF", "\uFFF9", "\U000E0041", "\U000E007F",
        "e\u0301\u0301\u0301", "日本", "🙂", "é", "\uFFFD", "&lt;", "<b>", "#35;", "%%", "`", "]-->n2[", "|", "{{", "}", ";", "\\n", "\\\"", ",", "=", "# EOF\n", "/", "..", "${x}", "$(x)", "%n",
    ];

    /// <summary>Bytes without NUL, as the kernel keeps names: not always UTF-8.</summary>
    public static byte[] Bytes(Random random, int atMost = 255)
    {
        int length = random.Next(4) == 0 ? atMost : random.Next(Math.Min(atMost, 40) + 1);
        List<byte> bytes = [];
        while (bytes.Count < length)
        {
            if (random.Next(8) == 0)
            {
                bytes.Add((byte)random.Next(1, 256));
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
            }
        }
        return [.. bytes.Take(length)]; // cut in the middle of a character, as the kernel cuts
    }

    /// <summary>Such bytes as the agent reads them.</summary>
    public static string Text(Random random, int atMost = 255) => Encoding.UTF8.GetString(Bytes(random, atMost));

    /// <summary>What a person may see of a text: written here anew, so that the agent's own list is not its judge.</summary>
    public static bool IsHarmless(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // What commands, and other characters of the category Cf, which nobody draws by themselves.
            if (rune.Value is < 0x20 or >= 0x7F and <= 0x9F or 0xAD or >= 0x600 and <= 0x605 or 0x61C or 0x6DD or 0x70F or >= 0x890 and <= 0x891 or 0x8E2 or 0x180E or >= 0x200B and <= 0x200F or >= 0x2028 and <= 0x202E or >= 0x2060 and <= 0x206F
                or 0xFEFF or >= 0xFFF9 and <= 0xFFFB or >= 0xE0000 and <= 0xE007F)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The text with U+FFFD for each character that is not harmless.</summary>
    public static string Shown(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsHarmless(rune.ToString()) ? rune.ToString() : "\uFFFD"));
}
