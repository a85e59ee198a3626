namespace Ipcscope.Cli.Bench;

/// <summary>What was found of a mechanism, without or with the agent attached.</summary>
/// <param name="Mechanism">Its name.</param>
/// <param name="WithAgent">Whether the agent was attached.</param>
/// <param name="Rounds">How often it was measured.</param>
/// <param name="Figures">One for each of <see cref="BenchFigure.All"/>: the median of the rounds; not a number where there is none.</param>
/// <param name="Failure">Why there is none at all; empty if there are.</param>
/// <param name="Note">What must be known of the figures.</param>
internal sealed record BenchRow(string Mechanism, bool WithAgent, int Rounds, double[] Figures, string Failure, string Note)
{
    /// <summary>A row without figures.</summary>
    public static double[] NoFigures => [.. Enumerable.Repeat(double.NaN, BenchFigure.All.Count)];

    /// <summary>Sums rounds up.</summary>
    /// <param name="mechanism">Its name.</param>
    /// <param name="withAgent">Whether the agent was attached.</param>
    /// <param name="rounds">The figures of each round.</param>
    /// <param name="failure">Why there are none.</param>
    /// <param name="note">What must be known of them.</param>
    public static BenchRow Of(string mechanism, bool withAgent, IReadOnlyList<double[]> rounds, string failure, string note) =>
        rounds.Count == 0
            ? new BenchRow(mechanism, withAgent, 0, NoFigures, failure, note)
            : new BenchRow(mechanism, withAgent, rounds.Count, [.. BenchFigure.All.Select((_, i) => Median(rounds.Select(round => round[i])))], "", note);

    /// <summary>The one in the middle, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
