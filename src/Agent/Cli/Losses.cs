using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>What a capture could not keep, in words for people.</summary>
internal sealed class Losses
{
    // Causes that lose a detail and no operation (or one in a while: most calls are no IPC), and what is unknown then.
    private static readonly Dictionary<string, string> Details = new()
    {
        ["flow_table_full"] = "counted without their channel",
        ["channel_full"] = "channels without an address",
        ["error_full"] = "errors without their number",
        ["thread_slot"] = "not timed",
        ["missed_entry"] = "not timed",
        ["skipped_runs"] = "calls and events not looked at",
        ["series_expired_early"] = "series gone before their time",
        ["unreadable"] = "of unknown size",
        ["queue_table_full"] = "queues without a time of delivery",
    };

    private readonly LossCount[] _counts;

    /// <summary>From the counts since the start of the capture.</summary>
    public Losses(IEnumerable<LossCount> counts) => _counts = [.. counts.Where(count => count.Count > 0)];

    /// <summary>Operations or lines that are missing.</summary>
    public ulong Lost => _counts.Where(count => !Details.ContainsKey(count.Cause)).Aggregate(0UL, (sum, count) => sum + count.Count);

    /// <summary>The causes that are not zero.</summary>
    public IReadOnlyList<LossCount> Counts => _counts;

    /// <summary><c>0 lost</c>, or <c>37 lost (35 ring full, 2 output blocked), 4 not timed</c>.</summary>
    public string Describe()
    {
        string causes = string.Join(", ", _counts.Where(count => !Details.ContainsKey(count.Cause)).Select(Cause));
        IEnumerable<string> details = _counts
            .Where(count => Details.ContainsKey(count.Cause))
            .GroupBy(count => Details[count.Cause])
            .Select(group => $", {Units.Count(group.Aggregate(0UL, (sum, count) => sum + count.Count))} {group.Key}");
        return $"{Units.Count(Lost)} lost{(causes.Length > 0 ? $" ({causes})" : "")}{string.Concat(details)}";
    }

    private static string Cause(LossCount count) => $"{Units.Count(count.Count)} {count.Cause.Replace('_', ' ')}";
}
