namespace Ipcscope.Tests.Cli;

/// <summary>A clock that stands until it is set. Local time is two hours ahead.</summary>
internal sealed class FakeClock : TimeProvider
{
    /// <summary>CLOCK_MONOTONIC, nanoseconds.</summary>
    public long Monotonic { get; set; } = 5_000_000_000;

    public DateTimeOffset Utc { get; set; } = new(2026, 11, 23, 10, 1, 3, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Monotonic;

    public override DateTimeOffset GetUtcNow() => Utc;

    public void Advance(TimeSpan time)
    {
        Monotonic += time.Ticks * 100;
        Utc += time;
    }
}
