using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>A capture for the self-test alone, where no agent runs.</summary>
/// <param name="capture">The capture, which it disposes of.</param>
internal sealed class CaptureWitness(ICapture capture) : ISelfTestWitness
{
    /// <inheritdoc/>
    public string Name => "a capture of its own";

    /// <inheritdoc/>
    public IReadOnlyDictionary<(Mechanism Mechanism, Operation Operation), ulong> Count(string process, int pid)
    {
        SeriesSample[] series = [];
        int count = capture.Flows.CopySeries(ref series);
        Dictionary<(Mechanism, Operation), ulong> counts = [];
        foreach (ref readonly SeriesSample sample in series.AsSpan(0, count))
        {
            if (sample.Process.Name == process)
            {
                (Mechanism, Operation) key = (sample.Mechanism, sample.Operation);
                counts[key] = counts.GetValueOrDefault(key) + sample.Counters.Operations();
            }
        }
        return counts;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LossCount> ReadLosses() => capture.ReadLosses();

    /// <inheritdoc/>
    public void Dispose() => capture.Dispose();
}
