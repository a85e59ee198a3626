namespace Ipcscope.Capture;

/// <summary>
/// What came into a stage and what became of it. All three are counted in different places, so that a loss which nobody has counted shows:
/// <c>seen = counted + lost</c>. Between two readings of counters that move, a few may be under way.
/// </summary>
/// <param name="Stage">Which, see <see cref="Stages"/>.</param>
/// <param name="Seen">What came in, since the start.</param>
/// <param name="Counted">What passed whole.</param>
/// <param name="Lost">What did not, for causes that are known.</param>
public readonly record struct StageCount(string Stage, ulong Seen, ulong Counted, ulong Lost)
{
    /// <summary>What no cause explains; 0 if the ledger is right. Negative: more came out than in.</summary>
    public long Unexplained => (long)(Seen - Counted - Lost);
}
