using System.Runtime.InteropServices;

namespace Ipcscope.Cli.Bench;

/// <summary>What half, and what all but a hundredth of some samples do not exceed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BenchPercentiles(long P50, long P99)
{
    /// <summary>Sorts samples and looks at them; the nearest rank, so that both are real samples.</summary>
    /// <param name="samples">At least one.</param>
    public static BenchPercentiles Of(Span<long> samples)
    {
        samples.Sort();
        return new BenchPercentiles(At(samples, 50), At(samples, 99));
    }

    private static long At(Span<long> sorted, int percent) => sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];
}
