using System.Globalization;
using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Export;

/// <summary>
/// The buckets of durations on the page: 2^-20 s (0.95 µs) to 2^6 s (64 s) and +Inf. The contract's buckets below the first bound
/// are added to it, so every cumulative count is exact.
/// </summary>
internal static class DurationBounds
{
    /// <summary>The contract's bucket that ends at the first bound.</summary>
    public const int First = DurationBuckets.Shift - 20;

    /// <summary>How many buckets, +Inf included.</summary>
    public const int Count = DurationBuckets.Count - First;

    /// <summary>
    /// What follows the other labels of a bucket: <c>,le="0.5"} </c>. The spelling is OpenMetrics' canonical one
    /// (shortest digits, a point or an exponent always) in both formats, so a change of format changes no series.
    /// </summary>
    public static byte[][] Suffixes { get; } = [.. Enumerable.Range(0, Count).Select(static i => Encoding.ASCII.GetBytes($",le=\"{Spell(i)}\"}} "))];

    private static string Spell(int index)
    {
        if (index == Count - 1)
        {
            return "+Inf";
        }
        string digits = Math.ScaleB(1, index + First - DurationBuckets.Shift).ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return digits.AsSpan().ContainsAny('.', 'e') ? digits : digits + ".0";
    }
}
