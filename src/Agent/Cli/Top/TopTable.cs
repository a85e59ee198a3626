namespace Ipcscope.Cli;

/// <summary>The columns of <c>top</c>.</summary>
internal static class TopTable
{
    /// <summary>From here on a 99th percentile deserves a look, seconds.</summary>
    private const double Slow = 0.1;

    private static readonly TextColumn[] Rates =
    [
        new("OPS/S", Minimum: 6, RightAligned: true),
        new("BYTES/S", Rank: 2, Minimum: 8, RightAligned: true),
        new("P50", Rank: 3, Minimum: 6, RightAligned: true),
        new("P99", Rank: 1, Minimum: 6, RightAligned: true),
        new("ERR/S", Rank: 1, Minimum: 5, RightAligned: true),
        new("WAIT", Rank: 7, Minimum: 11, RightAligned: true, Spare: true),
    ];

    private static readonly TextColumn WaitsFor = new("WAITS FOR", Rank: 8, Minimum: 20, Elastic: true, Spare: true);

    private static readonly TextColumn[] Directions =
    [
        new("OUT/S", Rank: 6, Minimum: 8, RightAligned: true, Spare: true),
        new("IN/S", Rank: 6, Minimum: 8, RightAligned: true, Spare: true),
        new("DELIVERY", Rank: 9, Minimum: 8, RightAligned: true, Spare: true),
        new("TURNAROUND", Rank: 10, Minimum: 10, RightAligned: true, Spare: true),
        new("HIGH WATER", Rank: 11, Minimum: 10, RightAligned: true, Spare: true),
    ];

    private static readonly TextColumn[] Channels =
        [new("CHANNEL", Minimum: 13, Elastic: true), new("MECHANISM", Rank: 5, Spare: true), new("PROCESSES", Rank: 4, Minimum: 12, Elastic: true)];

    private static readonly TextColumn[] Processes =
    [
        new("PROCESS", Minimum: 15),
        new("PID", Minimum: 7, RightAligned: true),
        new("MECHANISM", Rank: 5, Minimum: 9, Elastic: true),
        new("CHANNELS", Rank: 6, RightAligned: true),
    ];

    private static readonly TextColumn[] InContainers = [new("CONTAINER", Rank: 2, Minimum: 12), new("POD", Rank: 3, Minimum: 12, Spare: true)];

    /// <summary>Lays out rows. Containers have columns if one of the processes is in one.</summary>
    /// <param name="view">Channels or processes.</param>
    /// <param name="rows">In order.</param>
    /// <param name="seconds">The interval.</param>
    /// <param name="wide">Both directions apart, time in the queue and until answers, too.</param>
    /// <param name="styles">Colours.</param>
    public static TextTable Build(TopView view, IEnumerable<TopRow> rows, double seconds, bool wide, Styles styles)
    {
        rows = [.. rows];
        bool contained = view == TopView.Processes && rows.Any(row => row.Place.ContainerId.Length > 0);
        TextColumn[] left = view == TopView.Channels ? Channels : contained ? [.. Processes, .. InContainers] : Processes;
        var table = new TextTable([.. left, .. Rates, .. wide ? Directions : [], WaitsFor], styles);
        foreach (TopRow row in rows)
        {
            string quiet = row.IsActive ? "" : styles.Faint;
            TextCell[] who = view == TopView.Channels
                ? [new(row.Name, quiet), row.MechanismNames(), new(row.Users(), quiet)]
                : [new(row.Name, quiet), Pid(row), row.MechanismNames(), Units.Count((ulong)row.Channels), .. contained ? (TextCell[])[row.Place.Container, row.Place.Pod] : []];
            table.Add([
                .. who,
                new(Units.Rate(row.Operations / seconds), quiet),
                new(Volume(row.Bytes, seconds), quiet),
                Units.Seconds(row.P50),
                new(Units.Seconds(row.P99), row.P99 >= Slow ? styles.Warning : ""),
                new(Units.Rate(row.Errors / seconds), row.Errors > 0 ? styles.Error : quiet),
                $"{row.Waits}",
                .. wide ? Wide(row, seconds, quiet) : [],
                new(row.WaitsFor(), styles.Warning),
            ]);
        }
        return table;
    }

    private static TextCell[] Wide(TopRow row, double seconds, string quiet) =>
        [new(Volume(row.BytesOut, seconds), quiet), new(Volume(row.BytesIn, seconds), quiet), $"{row.Delivery}", $"{row.Turnaround}", HighWater(row.Channel)];

    private static string HighWater(Flows.Channel? channel) => channel switch
    {
        null or { HighWater: 0 } => "-",
        { IsOfMessages: true } => $"{Units.Count(channel.HighWater)} msgs",
        _ => Units.Size(channel.HighWater),
    };

    /// <summary>Bytes a second with a unit.</summary>
    public static string Volume(ulong bytes, double seconds) => bytes == 0 ? "0" : Units.Size((ulong)Math.Ceiling(bytes / seconds));

    // The overflow series belongs to nobody.
    private static string Pid(TopRow row) => row.Process is { Key.Pid: > 0 } process ? $"{process.Key.Pid}" : "-";
}
