namespace Ipcscope.Cli;

/// <summary>All of one look.</summary>
/// <param name="When">The end of the interval.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="All">The rows.</param>
/// <param name="Flows">Flows that own a slot.</param>
/// <param name="FlowsLimit">Slots.</param>
/// <param name="Losses">What was lost since the start.</param>
/// <param name="CpuShare">The part of one processor that this program took, 0 upwards.</param>
internal sealed record TopFrame(
    DateTimeOffset When,
    double Seconds,
    TopRows All,
    int Flows,
    int FlowsLimit,
    Losses Losses,
    double CpuShare)
{
    /// <summary>Rows in order.</summary>
    /// <param name="view">Channels or processes.</param>
    /// <param name="sort">What they are sorted by.</param>
    /// <param name="reverse">Smallest first.</param>
    /// <param name="activeOnly">Without those that nothing happened in.</param>
    public List<TopRow> Rows(TopView view, TopSort sort, bool reverse, bool activeOnly)
    {
        IEnumerable<TopRow> rows = view == TopView.Channels ? All.Channels : All.Processes;
        List<TopRow> chosen = [.. activeOnly ? rows.Where(row => row.IsActive) : rows];
        chosen.Sort((a, b) => (reverse ? -1 : 1) * Compare(a, b, sort));
        return chosen;
    }

    private static int Compare(TopRow a, TopRow b, TopSort sort)
    {
        int order = sort switch
        {
            TopSort.Bytes => b.Bytes.CompareTo(a.Bytes),
            TopSort.P50 => Known(b.P50).CompareTo(Known(a.P50)),
            TopSort.P99 => Known(b.P99).CompareTo(Known(a.P99)),
            TopSort.Errors => b.Errors.CompareTo(a.Errors),
            TopSort.Wait => (b.LongestWait?.Call.Age ?? 0).CompareTo(a.LongestWait?.Call.Age ?? 0),
            TopSort.Name => 0,
            _ => b.Operations.CompareTo(a.Operations),
        };
        // Equal rows keep their places from look to look.
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        return order != 0 ? order : (a.Channel?.Key.Inode ?? 0).CompareTo(b.Channel?.Key.Inode ?? 0);
    }

    private static double Known(double value) => double.IsNaN(value) ? -1 : value;
}
