using System.Text.RegularExpressions;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>A line of strace's log, or two that belong together.</summary>
/// <param name="Thread">Whose line it is.</param>
internal abstract partial record StraceLine(uint Thread)
{
    private const string Unfinished = "<unfinished ...>";

    // Memory that is given back can be another thread's before strace prints the end of the call.
    private static readonly string[] DoneAtOnce = ["munmap", "mremap", "shmdt", "msync", "futex", "futex_waitv"];

    /// <summary>When it took effect, as far as the log tells: a number that grows from line to line.</summary>
    internal int Moment { get; private init; }

    /// <summary>
    /// The lines of a log written with <c>-f -o</c>, in the order in which calls end. A call during which another thread did
    /// something is printed in two parts; one whose thread died in it has only the first.
    /// </summary>
    internal static IEnumerable<StraceLine> Parse(IEnumerable<string> log)
    {
        Dictionary<uint, (string Text, int Moment)> begun = [];
        int moment = 0;
        foreach (Match line in log.Select(line => Line().Match(line)).Where(line => line.Success))
        {
            moment++;
            uint thread = uint.Parse(line.Groups["thread"].Value);
            string text = line.Groups["text"].Value;
            if (Unread().IsMatch(text))
            {
                continue; // killed before strace could read which call it was: it was never made
            }
            if (text.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                begun.Add(thread, (text[..^Unfinished.Length], moment));
                continue;
            }
            bool dead = text.StartsWith("+++", StringComparison.Ordinal);
            Match resumed = Resumed().Match(text);
            int began = moment;
            if ((dead || resumed.Success) && begun.Remove(thread, out (string Text, int Moment) start))
            {
                text = dead ? text : start.Text + resumed.Groups["rest"].Value;
                began = start.Moment;
                if (dead)
                {
                    yield return StraceCall.Parse(thread, start.Text + ") = ?") with { Moment = began };
                }
            }
            StraceLine whole = dead ? new StraceEnd(thread, text.Contains("killed by SIGKILL", StringComparison.Ordinal))
                : Signal().Match(text) is { Success: true } signal ? new StraceSignal(thread, signal.Groups["name"].Value)
                : StraceCall.Parse(thread, text);
            yield return whole with { Moment = whole is StraceCall call && DoneAtOnce.Contains(call.Name) ? began : moment };
        }
        Assert.True(begun.Count == 0, $"strace saw calls without an end: {string.Join(", ", begun.Values.Select(call => call.Text))}");
    }

    // "--- stopped by SIGSTOP ---" tells of what a signal did that was told before.
    [GeneratedRegex(@"^(?<thread>\d+) +(?<text>(?!--- stopped by )\S.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(?<rest>.*)$")]
    private static partial Regex Resumed();

    // The begin of such a call, and what strace prints as its end when the thread is gone.
    [GeneratedRegex(@"^(<\.\.\. )?\?\?\?")]
    private static partial Regex Unread();

    [GeneratedRegex(@"^--- (?<name>SIG\w+) \{.*\} ---$")]
    private static partial Regex Signal();
}

/// <summary>A signal was delivered.</summary>
/// <param name="Thread">Which thread took it.</param>
/// <param name="Name">SIG….</param>
internal sealed record StraceSignal(uint Thread, string Name) : StraceLine(Thread);

/// <summary>A thread has ended.</summary>
/// <param name="Thread">Which.</param>
/// <param name="Killed">By SIGKILL, which strace does not print as a signal.</param>
internal sealed record StraceEnd(uint Thread, bool Killed) : StraceLine(Thread);
