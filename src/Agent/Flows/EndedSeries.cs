using System.Collections.Immutable;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>
/// Lets series of ended processes go: after the expiry for good; sooner, when there are too many, folded into one series
/// per mechanism and operation, so that totals stay exact while memory stays bounded.
/// </summary>
internal sealed class EndedSeries(TimeSpan expiry)
{
    /// <summary>The most series of ended processes that are kept apart: 20 MB of counters.</summary>
    internal const int Limit = 32768;

    private readonly FlowCounters[] _folded = new FlowCounters[SlotLayout.Overflow];

    /// <summary>Removes what has expired or is too much.</summary>
    internal void Expire(Dictionary<SeriesKey, Series> series, Identities identities, ulong now)
    {
        ulong age = (ulong)expiry.TotalNanoseconds;
        List<Series> ended = [.. series.Values.Where(entry => entry.Process.EndedAt != 0 && entry.Live.Count == 0)];
        foreach (Series old in ended.Where(entry => now - entry.Process.EndedAt > age))
        {
            Remove(old, series, identities);
        }
        ended.RemoveAll(entry => now - entry.Process.EndedAt > age);
        foreach (Series old in ended.OrderBy(entry => entry.Process.EndedAt).Take(ended.Count - Limit))
        {
            _folded[SlotLayout.OverflowSlot(old.Key.Mechanism, old.Key.Operation)].Add(old.Retired);
            Remove(old, series, identities);
        }
    }

    /// <summary>Adds what was folded to the counters of an overflow slot; errors lose their number on the way.</summary>
    internal void AddFolded(uint slot, ref SeriesSample sample)
    {
        sample.Counters.Add(_folded[slot]);
        ulong errors = sample.Counters.Errors;
        sample.Errors = errors > 0 ? [new ErrorCount(0, errors)] : ImmutableArray<ErrorCount>.Empty;
    }

    private static void Remove(Series old, Dictionary<SeriesKey, Series> series, Identities identities)
    {
        series.Remove(old.Key);
        identities.Forget(old.Key.Process);
    }
}
