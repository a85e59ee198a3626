namespace Ipcscope.Flows;

/// <summary>Lets series of ended processes go: after the expiry, or sooner when there are too many; memory stays bounded.</summary>
internal sealed class EndedSeries(TimeSpan expiry)
{
    /// <summary>The most series of ended processes that are kept: 20 MB of counters.</summary>
    internal const int Limit = 32768;

    /// <summary>How many had to go before their time.</summary>
    internal ulong ExpiredEarly { get; private set; }

    /// <summary>Removes what has expired or is too much, the longest ended first.</summary>
    internal void Expire(Dictionary<SeriesKey, Series> series, Identities identities, ulong now)
    {
        ulong age = (ulong)expiry.TotalNanoseconds;
        List<Series> ended = [.. series.Values.Where(entry => entry.Process.EndedAt != 0 && entry.Live.Count == 0)];
        foreach (Series old in ended.Where(HasExpired))
        {
            Remove(old, series, identities);
        }
        ended.RemoveAll(HasExpired);
        foreach (Series old in ended.OrderBy(entry => entry.Process.EndedAt).Take(ended.Count - Limit))
        {
            Remove(old, series, identities);
            ExpiredEarly++;
        }

        // The end may be the later of the two: then no time has passed.
        bool HasExpired(Series entry) => now > entry.Process.EndedAt && now - entry.Process.EndedAt > age;
    }

    private static void Remove(Series old, Dictionary<SeriesKey, Series> series, Identities identities)
    {
        series.Remove(old.Key);
        identities.Forget(old.Process);
    }
}
