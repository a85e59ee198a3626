using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>One set of identity labels and its series. Several process images may share it.</summary>
internal sealed class Identity(string labels)
{
    private readonly List<MetricSeries> _series = [];
    private Identity? _foldedInto;

    /// <summary>The identity labels as they stand on the page.</summary>
    public string Labels { get; } = labels;

    /// <summary>Its series, in the order of their first sight.</summary>
    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>How many process images have these labels.</summary>
    public int Images { get; private set; }

    /// <summary>One of them, for what all have in common; null: nobody that is known, as in <c>other</c>.</summary>
    public Process? Member { get; private set; }

    /// <summary>Whether all of them were in one container.</summary>
    public bool IsOfOneContainer { get; private set; } = true;

    /// <summary>Whether its counts go to <c>other</c>.</summary>
    public bool Folded => _foldedInto is not null;

    /// <summary>Operations of late: those since the last scrape, and half of what this number was before.</summary>
    public ulong Activity { get; set; }

    /// <summary>When its last operation ended, CLOCK_MONOTONIC nanoseconds.</summary>
    public ulong LastSeen { get; set; }

    /// <summary>A further process image has these labels.</summary>
    public void Join(Process process)
    {
        Images++;
        Member ??= process.Key == default ? null : process;
        IsOfOneContainer &= Member is not null && Member.Where.ContainerId == process.Where.ContainerId;
    }

    /// <summary>One less has them.</summary>
    /// <returns>How many are left.</returns>
    public int Leave() => --Images;

    /// <summary>Its series for a deed; a new one if there is none.</summary>
    public MetricSeries Find(Deed deed)
    {
        foreach (MetricSeries series in _series)
        {
            if (series.Deed == deed)
            {
                return series;
            }
        }
        MetricSeries added = new(Labels, deed);
        if (_foldedInto is not null)
        {
            added.FoldInto(_foldedInto.Find(deed));
        }
        _series.Add(added);
        return added;
    }

    /// <summary>Ends a series that has no members any more.</summary>
    public void Remove(MetricSeries series) => _series.Remove(series);

    /// <summary>Hands everything to <paramref name="other"/>, for good.</summary>
    public void FoldInto(Identity other)
    {
        _foldedInto = other;
        foreach (MetricSeries series in _series)
        {
            series.FoldInto(other.Find(series.Deed));
        }
    }
}
