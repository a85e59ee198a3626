using System.Diagnostics;
using Ipcscope.Capture;
using Ipcscope.Edges;

namespace Ipcscope.Export;

/// <summary>The ledger as one page shows it: its families are collected one after the other, and must be of one moment to add up.</summary>
/// <param name="capture">The stages up to the identity of processes.</param>
/// <param name="edges">Who gave to whom; null: nobody asks.</param>
/// <param name="sent">What was sent to who streams; null: nobody can.</param>
internal sealed class LedgerPage(ICaptureStatistics capture, EdgeTable? edges, Func<StageCount>? sent = null)
{
    /// <summary>Longer than the exporter needs from the first family to the last.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private (IReadOnlyList<LossCount> Losses, IReadOnlyList<StageCount> Stages) _read = ([], []);
    private long _readAt;

    /// <summary>Losses by cause, and what the stages saw.</summary>
    public (IReadOnlyList<LossCount> Losses, IReadOnlyList<StageCount> Stages) Read()
    {
        lock (_gate)
        {
            if (_read.Losses.Count == 0 || Stopwatch.GetElapsedTime(_readAt) > Moment)
            {
                _read = ReadNow();
                _readAt = Stopwatch.GetTimestamp();
            }
            return _read;
        }
    }

    /// <summary>The same, of this moment.</summary>
    public (IReadOnlyList<LossCount> Losses, IReadOnlyList<StageCount> Stages) ReadNow()
    {
        StageCount[] given = edges is null ? [] : [edges.Ledger];
        StageCount[] output = sent is null ? [] : [sent()];
        LossCount[] losses = [.. capture.ReadLosses(), .. edges?.Losses ?? [], .. output.Select(stage => LossCause.ConsumerSlow.Of(stage.Lost))];
        StageCount[] stages = [.. capture.ReadStages(), .. given, .. output];
        foreach (StageCount stage in stages)
        {
            int index = Array.FindIndex(losses, loss => loss.Stage == stage.Stage && LossCause.Balancing.Any(cause => cause.Name == loss.Cause));
            if (index >= 0)
            {
                losses[index] = losses[index] with { Count = stage.Lost };
            }
        }
        return (losses, stages);
    }
}
