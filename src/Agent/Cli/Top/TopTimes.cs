using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Times of one kind, seconds; NaN if there were none.</summary>
/// <param name="Mean">Exact.</param>
/// <param name="P50">Median, the upper bound of its bucket.</param>
/// <param name="P99">99th percentile, the same.</param>
internal readonly record struct TopTimes(double Mean, double P50, double P99)
{
    /// <summary>Of a sum and a histogram.</summary>
    public static TopTimes Of(double mean, in DurationBuckets buckets) => new(mean, buckets.Quantile(0.5), buckets.Quantile(0.99));

    /// <summary><c>26 µs / 2.0 ms</c>: mean and 99th percentile; <c>-</c>.</summary>
    public override string ToString() => double.IsNaN(Mean) ? "-" : $"{Units.Seconds(Mean)} / {Units.Seconds(P99)}";
}
