using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>The last line of every capture, on standard error.</summary>
/// <param name="time">Clock.</param>
internal sealed class Summary(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary><c>18,442 operations in 12.4 s, 0 lost, 0.7 % of one CPU, detached in 38 ms</c>.</summary>
    /// <param name="operations">How many were seen.</param>
    /// <param name="capture">The capture, stopped.</param>
    /// <param name="more">Losses on the way out.</param>
    public string Describe(ulong operations, ICapture capture, params IEnumerable<LossCount> more) =>
        Describe(operations, time.GetElapsedTime(_started), Environment.CpuUsage.TotalTime - _cpu, capture.DetachTime, new Losses([.. capture.ReadLosses(), .. more]));

    /// <summary>The line.</summary>
    internal static string Describe(ulong operations, TimeSpan elapsed, TimeSpan cpu, TimeSpan detach, Losses losses)
    {
        double percent = elapsed > TimeSpan.Zero ? 100 * cpu / elapsed : 0;
        return $"{Units.Count(operations)} {(operations == 1 ? "operation" : "operations")} in {Units.Duration(elapsed)}, {losses.Describe()}, "
            + $"{percent:0.0} % of one CPU, detached in {Units.Duration(detach)}";
    }
}
