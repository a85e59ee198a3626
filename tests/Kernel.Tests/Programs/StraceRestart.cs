namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// Calls that a signal interrupted. strace prints them as <c>= ? ERESTARTSYS</c>, and the kernel decides later what becomes of them
/// (signal(7)): it makes the call again, which strace prints as a further one, or it lets rt_sigreturn give EINTR in its place.
/// </summary>
internal static class StraceRestart
{
    private const string HandlerEnd = "rt_sigreturn";

    /// <summary>The calls as programs saw them: those that were made again are one, those that were not have failed.</summary>
    internal static IEnumerable<StraceCall> Settle(IReadOnlyList<StraceCall> calls)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            StraceCall call = calls[i];
            if (call.Result != "?")
            {
                yield return call;
                continue;
            }
            StraceCall? next = calls.Skip(i + 1).FirstOrDefault(later => later.Thread == call.Thread &&
                (later.Name == HandlerEnd || (later.Name == call.Name && First(later) == First(call))));
            Assert.True(next is not null, $"strace does not tell what became of {call}");
            if (next.Name == HandlerEnd && next.Errno == "EINTR")
            {
                yield return call with { Result = "-1", Errno = next.Errno };
            }
        }
    }

    private static string First(StraceCall call) => call.Arguments.Split(',')[0];
}
