namespace Ipcscope.Edges;

/// <summary>Divides whole numbers without a remainder.</summary>
internal static class Shares
{
    /// <summary>
    /// Shares of <paramref name="amount"/> in proportion to <paramref name="weights"/>; their sum is the amount. Each is within one of its proportion,
    /// and no larger than its weight if the weights are enough.
    /// </summary>
    /// <param name="amount">What is divided.</param>
    /// <param name="weights">At least one is not zero.</param>
    public static ulong[] Divide(ulong amount, ReadOnlySpan<ulong> weights)
    {
        UInt128 total = 0;
        foreach (ulong weight in weights)
        {
            total += weight;
        }
        var shares = new ulong[weights.Length];
        UInt128 below = 0;
        ulong given = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            below += weights[i];
            ulong until = Part(amount, below, total);
            shares[i] = until - given;
            given = until;
        }
        return shares;
    }

    /// <summary>
    /// Shares of each of <paramref name="amounts"/> in proportion to <paramref name="weights"/>, such that every amount comes out, and so does every
    /// share of the sum of all.
    /// </summary>
    public static ulong[][] Divide(IReadOnlyList<ulong> amounts, ReadOnlySpan<ulong> weights)
    {
        ulong[] left = Divide(amounts.Aggregate(0UL, (sum, amount) => sum + amount), weights);
        var shares = new ulong[amounts.Count][];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = amounts[i] == 0 ? new ulong[weights.Length] : Divide(amounts[i], left);
            for (int k = 0; k < left.Length; k++)
            {
                left[k] -= shares[i][k];
            }
        }
        return shares;
    }

    // Both factors may have 64 bits and more: the weights are a sum.
    private static ulong Part(ulong amount, UInt128 below, UInt128 total)
    {
        while (total > ulong.MaxValue)
        {
            (below, total) = (below >> 1, total >> 1);
        }
        return below >= total ? amount : (ulong)(amount * below / total);
    }
}
