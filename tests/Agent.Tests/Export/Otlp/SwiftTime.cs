namespace Ipcscope.Tests.Export.Otlp;

/// <summary>Time that passes a hundred times as fast.</summary>
internal sealed class SwiftTime : TimeProvider
{
    private const int Factor = 100;

    public override long GetTimestamp() => System.GetTimestamp() * Factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Swift(dueTime), Swift(period));

    private static TimeSpan Swift(TimeSpan time) => time > TimeSpan.Zero ? time / Factor : time;
}
