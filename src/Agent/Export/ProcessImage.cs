using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>What one series of the source has added to one series of the page so far.</summary>
internal sealed class Contribution(SeriesKey source, MetricSeries series)
{
    /// <summary>The last numbers seen.</summary>
    public Tally Last;

    /// <summary>Where its numbers come from.</summary>
    public SeriesKey Source { get; } = source;

    /// <summary>The series of its identity.</summary>
    public MetricSeries Series { get; set; } = series;

    /// <summary>The last errors seen.</summary>
    public ErrorTally LastErrors { get; } = new();

    /// <summary>The last update that saw it.</summary>
    public uint Update { get; set; }
}

/// <summary>A process image as the source of series.</summary>
internal sealed class ProcessImage(Process process, Identity identity)
{
    private readonly List<Contribution> _contributions = [];

    /// <summary>Who.</summary>
    public Process Process { get; } = process;

    /// <summary>Its labels.</summary>
    public Identity Identity { get; set; } = identity;

    /// <summary>What it has added, for each series of the source.</summary>
    public IReadOnlyList<Contribution> Contributions => _contributions;

    /// <summary>The mechanisms of these: a bit for each value of <see cref="Decode.Mechanism"/>.</summary>
    public uint Mechanisms { get; private set; }

    /// <summary>Adds a contribution.</summary>
    public void Add(Contribution contribution)
    {
        _contributions.Add(contribution);
        Mechanisms |= BitOf(contribution);
    }

    /// <summary>Removes a contribution.</summary>
    public void RemoveAt(int index)
    {
        _contributions.RemoveAt(index);
        Mechanisms = _contributions.Aggregate(0u, static (bits, contribution) => bits | BitOf(contribution));
    }

    /// <summary>What one series of the source has added; null if it is new.</summary>
    public Contribution? Find(in SeriesKey source)
    {
        foreach (Contribution contribution in _contributions)
        {
            if (contribution.Source == source)
            {
                return contribution;
            }
        }
        return null;
    }

    private static uint BitOf(Contribution contribution) => 1u << (int)contribution.Series.Deed.Mechanism;
}
