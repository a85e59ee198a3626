using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>Tells of single processes which of their threads sleep in a poll, and what for, by /proc (proc(5)). Each process is asked once.</summary>
internal sealed class Polls
{
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly Dictionary<uint, IReadOnlyList<Poll>> _known = [];
    private readonly Lazy<double> _now = new(() => LastRun("/proc/thread-self") ?? 0);

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
        return call.Set == PollSet.None ? null : new Poll(tid, name, call.HasTimeLimit, Age(thread), PollSets.Read(pid, call));
    }

    // By the scheduler's clock, of which we know when we ran last ourselves: a moment ago.
    private ulong Age(string thread) => LastRun(thread) is { } since && _now.Value > since ? (ulong)((_now.Value - since) * NanosecondsPerMillisecond) : 0;

    // Milliseconds: se.exec_start is when the scheduler looked at it last, which of a sleeping thread is when it fell asleep (kernel/sched/debug.c).
    private static double? LastRun(string thread)
    {
        foreach (string line in ThreadFiles.Read($"{thread}/sched").Split('\n'))
        {
            if (line.StartsWith("se.exec_start", StringComparison.Ordinal))
            {
                return double.Parse(line.AsSpan(line.IndexOf(':') + 1), NumberStyles.Float, CultureInfo.InvariantCulture);
            }
        }
        return null;
    }
}
