namespace Ipcscope.Waits;

/// <summary>Tells of single processes which of their threads sleep in a poll, and what for, by /proc (proc(5)). Each process is asked once.</summary>
internal sealed class Polls
{
    private readonly Dictionary<uint, IReadOnlyList<Poll>> _known = [];
    private readonly SleepClock _clock = new();

    /// <summary>The polls of a process; none if it is gone, or may not be asked.</summary>
    internal IReadOnlyList<Poll> Of(uint pid)
    {
        if (!_known.TryGetValue(pid, out IReadOnlyList<Poll>? polls))
        {
            _known.Add(pid, polls = [.. ThreadFiles.Tids(pid).Select(tid => Look(pid, tid)).OfType<Poll>()]);
        }
        return polls;
    }

    private Poll? Look(uint pid, uint tid)
    {
        string thread = $"/proc/{pid}/task/{tid}", place = ThreadFiles.Read($"{thread}/wchan");
        if (!place.Contains("poll", StringComparison.Ordinal) && !place.StartsWith("do_select", StringComparison.Ordinal))
        {
            return null;
        }
        var call = PollCall.Parse(ThreadFiles.Read($"{thread}/syscall"), place);
        string name = call.Set switch { PollSet.Array => "poll", PollSet.Bits => "select", _ => "epoll_wait" };
        return call.Set == PollSet.None ? null : new Poll(tid, name, call.HasTimeLimit, _clock.Age(thread), PollSets.Read(pid, call));
    }
}
