using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class WallClockTests
{
    [Fact]
    public void Monotonic_time_becomes_time_of_day()
    {
        var clock = new FakeClock();
        long expected = (clock.Utc - DateTimeOffset.UnixEpoch).Ticks * 100;
        Assert.Equal(expected + 7, new WallClock(clock).ToUnixNanoseconds((ulong)clock.Monotonic + 7));
    }

    [Fact]
    public void A_clock_that_is_set_is_followed_within_a_second()
    {
        var clock = new FakeClock();
        var wall = new WallClock(clock);
        wall.ToUnixNanoseconds((ulong)clock.Monotonic);
        clock.Advance(TimeSpan.FromSeconds(2));
        clock.Utc += TimeSpan.FromHours(1);
        Assert.Equal((clock.Utc - DateTimeOffset.UnixEpoch).Ticks * 100, wall.ToUnixNanoseconds((ulong)clock.Monotonic));
    }

    // The kernel programs stamp with CLOCK_MONOTONIC: the clock of this process must be the same one.
    [Fact]
    public void Timestamps_are_nanoseconds_of_the_monotonic_clock()
    {
        Assert.Equal(1_000_000_000, TimeProvider.System.TimestampFrequency);
        double uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], null);
        // /proc/uptime is CLOCK_BOOTTIME, which is ahead by what the machine was suspended.
        Assert.InRange(uptime - (TimeProvider.System.GetTimestamp() / 1e9), -0.1, 1e7);
    }
}
