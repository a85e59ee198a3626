namespace Ipcscope.Dashboard.History;

/// <summary>Quantiles of counted buckets, as Prometheus' histogram_quantile finds them.</summary>
internal static class Quantile
{
    /// <summary>Where the quantile lies, in the unit of the bounds; NaN: there is nothing.</summary>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="counts">Of each bucket; one more than there are bounds.</param>
    /// <param name="bounds">The buckets' upper bounds.</param>
    public static double Of(double quantile, ReadOnlySpan<long> counts, ReadOnlySpan<double> bounds)
    {
        double sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }
        if (sum == 0 || bounds.IsEmpty)
        {
            return double.NaN;
        }
        double rank = quantile * sum;
        double below = 0;
        for (int i = 0; i < bounds.Length; i++)
        {
            if (below + counts[i] >= rank)
            {
                double from = i == 0 ? 0 : bounds[i - 1];
                return from + ((bounds[i] - from) * (rank - below) / counts[i]);
            }
            below += counts[i];
        }
        return bounds[^1];
    }
}
