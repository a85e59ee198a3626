namespace Ipcscope.Cli;

/// <summary>Turns CLOCK_MONOTONIC into the time of day, and follows when somebody sets the clock.</summary>
/// <param name="time">Its timestamps are nanoseconds of CLOCK_MONOTONIC, as those of <see cref="System.Diagnostics.Stopwatch"/> on Linux are.</param>
internal sealed class WallClock(TimeProvider time)
{
    /// <summary>How long an offset is trusted.</summary>
    private const long Trust = 1_000_000_000;

    private long _offset;
    private long _takenAt = long.MinValue / 2;

    /// <summary>Nanoseconds since 1970-01-01 in UTC.</summary>
    /// <param name="monotonic">Nanoseconds of CLOCK_MONOTONIC.</param>
    public long ToUnixNanoseconds(ulong monotonic)
    {
        long when = (long)monotonic;
        if (when - _takenAt > Trust)
        {
            TakeOffset();
        }
        return when + _offset;
    }

    /// <summary>The offset of the local time from UTC at a moment, nanoseconds.</summary>
    public long LocalOffset(long unixNanoseconds) =>
        time.LocalTimeZone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixNanoseconds / 1_000_000)).Ticks * 100;

    private void TakeOffset()
    {
        // Both clocks cannot be read at once: of some tries the quickest is the best.
        long shortest = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = time.GetTimestamp();
            long wall = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            long after = time.GetTimestamp();
            if (after - before < shortest)
            {
                shortest = after - before;
                _takenAt = after;
                _offset = wall - (before + (shortest / 2));
            }
        }
    }
}
