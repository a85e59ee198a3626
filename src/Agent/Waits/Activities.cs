using Ipcscope.Cli;

namespace Ipcscope.Waits;

/// <summary>Says of a process what it does instead of ending somebody's wait.</summary>
/// <param name="calls">The calls in progress.</param>
/// <param name="threads">What threads do.</param>
/// <param name="polls">What they poll.</param>
internal sealed class Activities(IEnumerable<CallInProgress> calls, Threads threads, PollWaits polls)
{
    private readonly ILookup<uint, CallInProgress> _calls = calls.Where(call => call.State != CallState.Running).ToLookup(call => call.Pid);

    /// <summary>What the process does: <c>running</c>, <c>stopped</c>, <c>in write of pipe:[7] for 3 s</c>, <c>in epoll_wait of 3 channels</c>, <c>sleeps elsewhere (hrtimer_nanosleep)</c>, <c>gone</c>.</summary>
    internal string Describe(uint pid)
    {
        IReadOnlyList<ThreadState> all = threads.Of(pid);
        if (all.Count == 0)
        {
            return "gone";
        }
        if (all.Any(thread => thread.Activity == ThreadActivity.Running))
        {
            return "running";
        }
        if (all.All(thread => thread.Activity == ThreadActivity.Stopped))
        {
            return "stopped";
        }
        // What its first thread does is what people know it by.
        CallInProgress? call = _calls[pid].OrderBy(call => call.Tid == pid ? 0 : 1).ThenByDescending(call => call.Age).FirstOrDefault();
        if (call is not null && (call.Tid == pid || all.All(thread => thread.Activity != ThreadActivity.Elsewhere)))
        {
            return Describe(call);
        }
        if (polls.Describe(pid) is { } poll)
        {
            return poll;
        }
        string place = Threads.Place(pid);
        return place.Length > 0 ? $"sleeps elsewhere ({place})" : "sleeps elsewhere";
    }

    /// <summary><c>in write of pipe:[7] for ≥ 40 s</c>.</summary>
    internal static string Describe(CallInProgress call) =>
        $"in {Export.Words.Operations[(int)call.Flow.Operation]} of {call.Channel} for {Age(call)}";

    /// <summary><c>3.1 s</c>; <c>≥ 40 s</c> if it began before observing did.</summary>
    internal static string Age(CallInProgress call) => $"{(call.IsFromBefore ? "≥ " : "")}{Units.Duration(call.Age)}";
}
