using System.Text.Json;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests;

/// <summary>What a capture saw of the workloads that were started since a moment.</summary>
internal static class Observation
{
    internal static SortedDictionary<string, Figures> Read(CaptureSession session, ulong since)
    {
        session.Drain();
        SeriesSample[] buffer = [];
        int count = session.Flows.CopySeries(ref buffer);
        SeriesSample[] samples = [.. buffer.Take(count).Where(sample =>
            sample.Process.Name == Workload.ProcessName && sample.Process.Key.StartTime >= since)];
        SortedDictionary<string, Figures> observed = new(StringComparer.Ordinal);
        foreach (IGrouping<uint, SeriesSample> process in samples.GroupBy(sample => sample.Process.Key.Pid))
        {
            ProcessKey[] images =
                [.. process.Select(sample => sample.Process.Key).Distinct().OrderBy(key => (key.StartTime, key.ExecId))];
            foreach (SeriesSample sample in process)
            {
                observed.Add(KeyOf(sample, Array.IndexOf(images, sample.Process.Key)).ToString(), Figures(sample));
            }
        }
        return observed;
    }

    private static Key KeyOf(in SeriesSample sample, int ordinal) => new(
        sample.Process.Key.Pid, ordinal, Lower(sample.Mechanism), Lower(sample.Operation),
        sample.Via == Via.Syscall ? "" : Lower(sample.Via),
        Details.Word(sample.Mechanism, sample.Operation, sample.Detail));

    private static Figures Figures(in SeriesSample sample) => new(
        sample.Counters.Operations(), sample.Counters.Bytes, sample.Counters.WouldBlock, sample.Counters.Truncated,
        sample.Counters.Interrupted,
        Truth.Spell(sample.Errors.Select(error => KeyValuePair.Create(Errno.Name(error.Number), error.Count))));

    private static string Lower<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
