using System.Text.RegularExpressions;

namespace Ipcscope.KernelTests.Programs;

/// <summary>One system call as strace prints it.</summary>
/// <param name="Thread">Who made it.</param>
/// <param name="Name">Of the call.</param>
/// <param name="Arguments">As printed, without the outer brackets.</param>
/// <param name="Result">As printed: a number, with -y followed by what a descriptor refers to, or <c>?</c>.</param>
/// <param name="Errno">Its name, or empty.</param>
internal sealed partial record StraceCall(uint Thread, string Name, string Arguments, string Result, string Errno)
{
    private const string Unfinished = "<unfinished ...>";

    /// <summary>
    /// The calls of a log written with <c>-f -o</c>. A call during which another thread did something is printed in two parts.
    /// </summary>
    internal static IEnumerable<StraceCall> Parse(IEnumerable<string> log)
    {
        Dictionary<uint, string> begun = [];
        foreach (Match line in log.Select(line => Line().Match(line)).Where(line => line.Success))
        {
            uint thread = uint.Parse(line.Groups["thread"].Value);
            string text = line.Groups["text"].Value;
            if (text.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                begun.Add(thread, text[..^Unfinished.Length]);
                continue;
            }
            Match resumed = Resumed().Match(text);
            if (resumed.Success && begun.Remove(thread, out string? start))
            {
                text = start + resumed.Groups["rest"].Value;
            }
            Match call = Call().Match(text);
            Assert.True(call.Success, $"a line of strace's that this test does not understand: {line.Value}");
            yield return new StraceCall(thread, call.Groups["name"].Value, call.Groups["arguments"].Value,
                call.Groups["result"].Value, call.Groups["errno"].Value);
        }
        Assert.True(begun.Count == 0, $"strace saw calls without an end: {string.Join(", ", begun.Values)}");
    }

    // Signals (---) and exits (+++) are left out.
    [GeneratedRegex(@"^(?<thread>\d+) +(?<text>[^-+\s].*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(?<rest>.*)$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\) += (?<result>-?\d+(<.*>)?|\?)( (?<errno>E[A-Z0-9]+) .*| \(.*\))?$")]
    private static partial Regex Call();
}
