using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>One system call as strace prints it.</summary>
/// <param name="Thread">Who made it.</param>
/// <param name="Name">Of the call.</param>
/// <param name="Text">Its arguments as printed, without the outer brackets.</param>
/// <param name="Result">As printed: a number, with -y followed by what a descriptor refers to, or <c>?</c>.</param>
/// <param name="Errno">Its name, or empty.</param>
/// <param name="Lost">
/// Its thread was killed while strace had stopped it behind the call, before strace could read the result. If it has got to the
/// stop of its exit by then, strace does not notice, and takes what it read at another call's begin for the result: an error whose
/// number is that call's with a minus.
/// </param>
internal sealed partial record StraceCall(uint Thread, string Name, string Text, string Result, string Errno, bool Lost) : StraceLine(Thread)
{
    private string[]? _arguments;

    internal bool Succeeded => Errno.Length == 0 && !NeverReturned;

    /// <summary>
    /// Its thread died in it. strace does not tell when: before the kernel had begun (strace stops threads there), in it, or
    /// after its end (there, too).
    /// </summary>
    internal bool NeverReturned => Lost || (Errno.Length == 0 && Result == "?");

    /// <summary>The result as a number.</summary>
    internal ulong Value => Number(Result.Split('<')[0]);

    internal static StraceCall Parse(uint thread, string text)
    {
        Match call = Form().Match(text);
        Assert.True(call.Success, $"a line of strace's that this test does not understand: {text}");
        return new StraceCall(thread, call.Groups["name"].Value, call.Groups["text"].Value, call.Groups["result"].Value,
            call.Groups["errno"].Value, call.Groups["lost"].Success);
    }

    /// <summary>A decimal or hexadecimal number as strace prints it, without its comment; NULL is 0.</summary>
    internal static ulong Number(string text) => text.Split(' ')[0] switch
    {
        "NULL" => 0,
        var digits when digits.StartsWith("0x", StringComparison.Ordinal) => ulong.Parse(digits[2..], NumberStyles.HexNumber),
        var digits when digits.StartsWith('-') => (ulong)long.Parse(digits),
        var digits => ulong.Parse(digits),
    };

    /// <summary>The nth argument as printed, or empty.</summary>
    internal string Argument(int n) => (_arguments ??= [.. Split()]) is { } all && n < all.Length ? all[n] : "";

    /// <summary>The nth argument, which is a number.</summary>
    internal ulong NumberAt(int n) => Number(Argument(n));

    // At the commas that are in no brackets, strings or, with -y, paths.
    private IEnumerable<string> Split()
    {
        int depth = 0, start = 0;
        bool quoted = false, path = false;
        for (int i = 0; i < Text.Length; i++)
        {
            char c = Text[i];
            if (quoted)
            {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            }
            else if (path)
            {
                path = c != '>';
            }
            else if (c == ',' && depth == 0)
            {
                yield return Text[start..i].Trim();
                start = i + 1;
            }
            else
            {
                quoted = c == '"';
                path = c == '<' && i > 0 && char.IsAsciiLetterOrDigit(Text[i - 1]) && i + 1 < Text.Length && Text[i + 1] != '<';
                depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            }
        }
        yield return Text[start..].Trim();
    }

    [GeneratedRegex(@"^(?<name>\w+)\((?<text>.*)\) += (?<result>-?\d+(<.*>(\(deleted\))?)?|0x[0-9a-f]+|\?)( (?<errno>E[A-Z0-9_]+) .*|(?<lost> <unavailable>| \(errno \d+\))| \(.*\))?$")]
    private static partial Regex Form();
}
