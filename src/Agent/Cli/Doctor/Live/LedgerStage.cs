using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>A stage of the running agent, from two looks at it.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Count">What it saw and counted by the second look; null where nothing can say what it saw.</param>
/// <param name="SeenPerSecond">How much it saw between the looks.</param>
/// <param name="Unexplained">What no cause explains at both looks.</param>
/// <param name="Causes">By cause, all of them: the count, and how many a second.</param>
internal sealed record LedgerStage(
    string Stage, StageCount? Count, double SeenPerSecond, long Unexplained, IReadOnlyList<(LossCause Cause, ulong Count, double PerSecond)> Causes)
{
    /// <summary>Operations that are missing, or what the stage is short of.</summary>
    public ulong Lost => Count?.Lost ?? Causes.Where(each => each.Cause.Detail is null).Aggregate(0UL, (sum, each) => sum + each.Count);

    /// <summary>The stages, in the order of the pipeline.</summary>
    /// <param name="first">The first look.</param>
    /// <param name="second">The second one.</param>
    /// <param name="seconds">Between them.</param>
    /// <param name="underway">As much as two counters may differ by while both grow.</param>
    public static IReadOnlyList<LedgerStage> Compare(LedgerLook first, LedgerLook second, double seconds, long underway)
    {
        List<LedgerStage> stages = [];
        foreach (IGrouping<string, LossCause> causes in LossCause.All.GroupBy(cause => cause.Stage).Where(group => group.Any(second.Knows)))
        {
            StageCount? now = second.Of(causes.Key), then = first.Of(causes.Key);
            stages.Add(new LedgerStage(
                causes.Key, now, ((now?.Seen ?? 0) - (double)(then?.Seen ?? 0)) / seconds, Stays(then?.Unexplained ?? 0, now?.Unexplained ?? 0, underway),
                [.. causes.Where(second.Knows).Select(cause => (cause, second.Count(cause), (second.Count(cause) - (double)first.Count(cause)) / seconds))]));
        }
        return stages;
    }

    // What is under way differs from look to look; what was lost without a word is there at both.
    private static long Stays(long then, long now, long underway)
    {
        long least = Math.Sign(then) == Math.Sign(now) ? Math.Sign(now) * Math.Min(Math.Abs(then), Math.Abs(now)) : 0;
        return Math.Abs(least) > underway ? least : 0;
    }
}
