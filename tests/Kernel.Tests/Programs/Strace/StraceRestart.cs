namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>
/// Calls that a signal interrupted. strace prints them as <c>= ? ERESTARTSYS</c>, and the kernel decides later what becomes of them
/// (signal(7)): it makes the call again, which strace prints as a further one, it goes on with it by restart_syscall, or it lets
/// rt_sigreturn give EINTR in its place.
/// </summary>
internal static class StraceRestart
{
    private const string HandlerEnd = "rt_sigreturn";
    private const string GoesOn = "restart_syscall";

    /// <summary>The lines as programs saw them: calls that were made again are one, those that were not have failed.</summary>
    internal static IEnumerable<StraceLine> Settle(IReadOnlyList<StraceLine> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not StraceCall { Result: "?" } call || call.NeverReturned)
            {
                yield return lines[i];
                continue;
            }
            StraceLine? next = Next(lines, i, call);
            switch (next)
            {
                case StraceCall { Name: HandlerEnd, Errno: "EINTR" }:
                    yield return call with { Result = "-1", Errno = "EINTR" };
                    break;
                case StraceCall { Name: HandlerEnd, NeverReturned: true }:
                    yield return call with { Errno = "" }; // its thread died before strace was told which of them
                    break;
                case StraceCall { Name: GoesOn } end:
                    yield return call with { Result = end.Result, Errno = end.Errno };
                    break;
                case StraceEnd:
                    yield return call with { Errno = Tally.Interrupted };
                    break;
                default:
                    Assert.True(next is not null, $"strace does not tell what became of {call}");
                    break;
            }
        }
    }

    // What tells the fate of a call: what its thread did then. One that goes on may be interrupted once more.
    private static StraceLine? Next(IReadOnlyList<StraceLine> lines, int i, StraceCall call)
    {
        IEnumerable<StraceLine> fates = lines.Skip(i + 1).Where(later => later.Thread == call.Thread && (later is StraceEnd ||
            (later is StraceCall made && (made.Name is HandlerEnd or GoesOn || (made.Name == call.Name && First(made) == First(call))))));
        return fates.FirstOrDefault(fate => fate is not StraceCall { Name: GoesOn, Result: "?", Errno.Length: > 0 });
    }

    private static string First(StraceCall call) => call.Argument(0);
}
