namespace Ipcscope.Cli;

/// <summary>How the ledger of a running agent is shown.</summary>
internal static class LedgerReport
{
    /// <summary>A table with a row for each stage.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<LedgerStage> stages, int width, Styles styles)
    {
        var table = new TextTable(
            [
                new("STAGE"), new("SEEN", RightAligned: true), new("PER SECOND", Rank: 2, RightAligned: true), new("COUNTED", Rank: 1, RightAligned: true),
                new("LOST", RightAligned: true), new("UNEXPLAINED", RightAligned: true), new("CAUSES", Minimum: 6, Elastic: true),
            ], styles);
        foreach (LedgerStage stage in stages)
        {
            table.Add(
                stage.Stage,
                stage.Count is { } seen ? Units.Count(seen.Seen) : "-",
                stage.Count is null ? "-" : Units.Rate(stage.SeenPerSecond),
                stage.Count is { } counted ? Units.Count(counted.Counted) : "-",
                new TextCell(Units.Count(stage.Lost), stage.Lost > 0 ? styles.Warning : ""),
                stage.Count is null ? "-" : new TextCell($"{stage.Unexplained}", stage.Unexplained != 0 ? styles.Error : ""),
                string.Join(", ", stage.Causes.Where(each => each.Count > 0).Select(Cause)));
        }
        return table.Render(width);
    }

    /// <summary>A stage as an object.</summary>
    public static string Object(LedgerStage stage) => JsonLine.Write(json =>
    {
        json.WriteString("kind", "stage");
        json.WriteString("stage", stage.Stage);
        if (stage.Count is { } count)
        {
            json.WriteNumber("seen", count.Seen);
            json.WriteNumber("counted", count.Counted);
            json.WriteNumber("unexplained", stage.Unexplained);
            json.WriteNumber("seen_per_second", Math.Round(stage.SeenPerSecond, 3));
        }
        json.WriteNumber("lost", stage.Lost);
        json.WriteStartObject("losses");
        foreach ((Capture.LossCause cause, ulong lost, double perSecond) in stage.Causes)
        {
            json.WriteStartObject(cause.Name);
            json.WriteNumber("count", lost);
            json.WriteNumber("per_second", Math.Round(perSecond, 3));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    private static string Cause((Capture.LossCause Cause, ulong Count, double PerSecond) each) =>
        $"{Units.Count(each.Count)} {each.Cause.Name.Replace('_', ' ')}{(each.PerSecond > 0 ? $" ({Units.Rate(each.PerSecond)}/s)" : "")}";
}
