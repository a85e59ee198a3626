using System.Diagnostics;
using System.Globalization;
using Ipcscope.Cli;

namespace Ipcscope.Waits;

/// <summary>
/// Tells how long threads have slept, by the scheduler's clock. Each processor has one of its own, which leaves out interrupts and what other guests
/// took (rq_clock_task(), kernel/sched/sched.h): they drift apart, so each is compared with CLOCK_MONOTONIC where it is.
/// </summary>
internal sealed class SleepClock
{
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly Dictionary<int, double?> _ahead = [];

    /// <summary>When it was made, nanoseconds of CLOCK_MONOTONIC.</summary>
    internal ulong Now { get; } = (ulong)Stopwatch.GetTimestamp();

    /// <summary>How long a thread had slept then, nanoseconds; 0: the kernel does not tell.</summary>
    /// <param name="thread">Its folder, /proc/PID/task/TID.</param>
    internal ulong Age(string thread)
    {
        if (LastRun(thread) is not { } since || StatLine.Read(thread).Processor is not { } processor)
        {
            return 0;
        }
        if (!_ahead.TryGetValue(processor, out double? ahead))
        {
            ahead = Ahead(processor);
            _ahead.Add(processor, ahead);
        }
        double? age = Now - (since - ahead);
        return age > 0 ? (ulong)age : 0;
    }

    // How far a processor's clock is ahead of CLOCK_MONOTONIC, nanoseconds: seen by this thread, which goes there. Null: it may not.
    private static double? Ahead(int processor)
    {
        if (ProcessorMask.OfThisThread() is not { } before || !ProcessorMask.Only(processor).Apply())
        {
            return null;
        }
        Thread.Yield(); // the scheduler looks at this thread
        double now = Stopwatch.GetTimestamp();
        double? own = LastRun("/proc/thread-self"); // a moment ago
        _ = before.Apply();
        return own - now;
    }

    // Nanoseconds: se.exec_start is when the scheduler looked at it last, which of a sleeping thread is when it fell asleep (kernel/sched/debug.c).
    private static double? LastRun(string thread)
    {
        foreach (string line in ThreadFiles.Read($"{thread}/sched").Split('\n'))
        {
            if (line.StartsWith("se.exec_start", StringComparison.Ordinal))
            {
                return double.Parse(line.AsSpan(line.IndexOf(':') + 1), NumberStyles.Float, CultureInfo.InvariantCulture) * NanosecondsPerMillisecond;
            }
        }
        return null;
    }
}
