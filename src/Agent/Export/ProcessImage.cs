using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>What one process image has added to one series so far.</summary>
internal sealed class Contribution(MetricSeries series)
{
    /// <summary>The last numbers seen.</summary>
    public Tally Last;

    /// <summary>The series of its identity.</summary>
    public MetricSeries Series { get; } = series;

    /// <summary>The last errors seen.</summary>
    public ErrorTally LastErrors { get; } = new();

    /// <summary>The last update that saw it.</summary>
    public uint Update { get; set; }
}

/// <summary>A process image as the source of series.</summary>
internal sealed class ProcessImage(Process process, Identity identity)
{
    /// <summary>Who.</summary>
    public Process Process { get; } = process;

    /// <summary>Its labels.</summary>
    public Identity Identity { get; } = identity;

    /// <summary>What it has added, for each mechanism and operation.</summary>
    public List<Contribution> Contributions { get; } = [];

    /// <summary>Its contribution for a mechanism and operation; null if there is none yet.</summary>
    public Contribution? Find(Mechanism mechanism, Operation operation)
    {
        foreach (Contribution contribution in Contributions)
        {
            if (contribution.Series.Mechanism == mechanism && contribution.Series.Operation == operation)
            {
                return contribution;
            }
        }
        return null;
    }
}
