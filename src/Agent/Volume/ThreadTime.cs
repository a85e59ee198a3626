using Ipcscope.Bpf;

namespace Ipcscope.Volume;

/// <summary>Processor time of the calling thread.</summary>
internal static unsafe class ThreadTime
{
    private const int CLOCK_THREAD_CPUTIME_ID = 3; // linux/time.h

    /// <summary>So far.</summary>
    public static TimeSpan Now()
    {
        TimeSpec time;
        _ = LibBpf.clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
    }
}
