using System.Text;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>One identity and deed: what the page shows with one set of labels.</summary>
internal sealed class MetricSeries(string identity, Deed deed)
{
    private Tally _total;
    private MetricSeries? _foldedInto;

    /// <summary>What was done.</summary>
    public Deed Deed { get; } = deed;

    /// <summary>All labels as they stand on the page, without braces.</summary>
    public byte[] Labels { get; } = Encoding.UTF8.GetBytes((identity.Length == 0 ? "" : identity + ",") + deed.Labels);

    /// <summary>Everything that its members ever counted, those that are gone included.</summary>
    public ref readonly Tally Total => ref _total;

    /// <summary>Failed calls by errno, in the same way.</summary>
    public ErrorTally Errors { get; } = new();

    /// <summary>Where it stands on the page; null: nowhere yet.</summary>
    public SeriesBlock? Block { get; set; }

    /// <summary>How many process images feed it.</summary>
    public int Members { get; set; }

    /// <summary>Where its counts go: to itself, or to a series of <c>other</c> since its identity was folded.</summary>
    public MetricSeries Target => _foldedInto ?? this;

    /// <summary>Whether its counts go to <c>other</c>.</summary>
    public bool Folded => _foldedInto is not null;

    /// <summary>Takes what one of its members has counted since the last time.</summary>
    /// <returns>The operations and would-blocks.</returns>
    public ulong Grow(Contribution member, in SeriesSample sample)
    {
        Block?.Forget();
        Errors.Grow(member.LastErrors, sample.Errors);
        return _total.Grow(ref member.Last, Tally.Of(sample.Counters));
    }

    /// <summary>Takes all counts of another series.</summary>
    public void Add(MetricSeries other)
    {
        Block?.Forget();
        Errors.Add(other.Errors);
        _total.Add(other.Total);
    }

    /// <summary>Hands all counts to <paramref name="other"/>, and those to come.</summary>
    public void FoldInto(MetricSeries other)
    {
        other.Add(this);
        _foldedInto = other;
    }
}
