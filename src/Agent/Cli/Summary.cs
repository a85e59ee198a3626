using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>The last line of every capture, on standard error.</summary>
/// <param name="time">Clock.</param>
internal sealed class Summary(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary><c>18,442 operations in 12.4 s, 0 lost, 0.7 % of one CPU, detached in 38 ms</c>; where output is JSON, an object with the whole ledger before it.</summary>
    /// <param name="json">Whether data is written as JSON.</param>
    /// <param name="operations">How many were seen.</param>
    /// <param name="capture">The capture, stopped.</param>
    /// <param name="losses">Losses behind it.</param>
    /// <param name="stages">Stages behind it.</param>
    public string Describe(bool json, ulong operations, ICapture capture, IReadOnlyList<LossCount>? losses = null, IReadOnlyList<StageCount>? stages = null)
    {
        TimeSpan elapsed = time.GetElapsedTime(_started), cpu = Environment.CpuUsage.TotalTime - _cpu;
        var ledger = new Losses([.. capture.ReadLosses(), .. losses ?? []], [.. capture.ReadStages(), .. stages ?? []]);
        string line = Describe(operations, elapsed, cpu, capture.DetachTime, ledger);
        return json ? $"{Object(operations, elapsed, cpu, capture.DetachTime, ledger)}\n{line}" : line;
    }

    /// <summary>The line.</summary>
    internal static string Describe(ulong operations, TimeSpan elapsed, TimeSpan cpu, TimeSpan detach, Losses losses)
    {
        double percent = elapsed > TimeSpan.Zero ? 100 * cpu / elapsed : 0;
        return $"{Units.Count(operations)} {(operations == 1 ? "operation" : "operations")} in {Units.Duration(elapsed)}, {losses.Describe()}, "
            + $"{percent:0.0} % of one CPU, detached in {Units.Duration(detach)}";
    }

    /// <summary>The object.</summary>
    internal static string Object(ulong operations, TimeSpan elapsed, TimeSpan cpu, TimeSpan detach, Losses losses) => JsonLine.Write(json =>
    {
        json.WriteString("kind", "summary");
        json.WriteNumber("operations", operations);
        json.WriteNumber("duration_seconds", Math.Round((decimal)elapsed.TotalSeconds, 9));
        json.WriteNumber("own_cpu_seconds", Math.Round((decimal)cpu.TotalSeconds, 9));
        json.WriteNumber("detach_seconds", Math.Round((decimal)detach.TotalSeconds, 9));
        losses.Write(json);
    });
}
