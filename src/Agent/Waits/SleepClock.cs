using System.Diagnostics;
using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>Tells how long threads have slept, by the scheduler's clock.</summary>
internal sealed class SleepClock
{
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly double _now = LastRun("/proc/thread-self") ?? 0; // when we ran last ourselves: a moment ago

    /// <summary>When it was made, nanoseconds of CLOCK_MONOTONIC.</summary>
    internal ulong Now { get; } = (ulong)Stopwatch.GetTimestamp();

    /// <summary>How long a thread had slept then, nanoseconds; 0: the kernel does not tell.</summary>
    /// <param name="thread">Its folder, /proc/PID/task/TID.</param>
    internal ulong Age(string thread) => LastRun(thread) is { } since && _now > since ? (ulong)((_now - since) * NanosecondsPerMillisecond) : 0;

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
