using System.Text;

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
    public ref Tally Total => ref _total;

    /// <summary>Failed calls by errno, in the same way.</summary>
    public ErrorTally Errors { get; } = new();

    /// <summary>How many process images feed it.</summary>
    public int Members { get; set; }

    /// <summary>Where its counts go: to itself, or to a series of <c>other</c> since its identity was folded.</summary>
    public MetricSeries Target => _foldedInto ?? this;

    /// <summary>Whether its counts go to <c>other</c>.</summary>
    public bool Folded => _foldedInto is not null;

    /// <summary>Hands all counts to <paramref name="other"/>, and those to come.</summary>
    public void FoldInto(MetricSeries other)
    {
        other.Total.Add(Total);
        other.Errors.Add(Errors);
        _foldedInto = other;
    }
}
