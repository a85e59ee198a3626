namespace Ipcscope.Cli;

/// <summary>Draws <c>top</c>: lines that fit a terminal, from what was seen and what was chosen.</summary>
/// <param name="styles">Colours.</param>
internal sealed class TopScreen(Styles styles)
{
    private const int HeaderLines = 4;
    private const int FooterLines = 1;
    private const string Keys = "q quit  space pause  / filter  tab channels/processes  s sort  ? help";

    /// <summary>How many rows a terminal has room for.</summary>
    public static int PageSize(TerminalSize size) => Math.Max(1, size.Rows - HeaderLines - FooterLines);

    /// <summary>Exactly as many lines as the terminal has rows.</summary>
    public IReadOnlyList<string> Compose(TopState state, TopFrame frame, TerminalSize size)
    {
        List<TopRow> rows = frame.Rows(state.View, state.Sort, state.Reverse, activeOnly: false);
        int page = PageSize(size);
        state.First = Math.Clamp(state.First, 0, Math.Max(0, rows.Count - page));
        List<TopRow> shown = rows.GetRange(state.First, Math.Min(page, rows.Count - state.First));
        List<string> lines =
        [
            Fit(styles.Header, Machine(state, frame), size),
            Fit("", Totals(frame), size),
            Status(state, rows.Count, shown.Count, size),
        ];
        lines.AddRange(state.Help ? HelpLines(size) : Table(state, frame, shown, size));
        while (lines.Count < size.Rows - FooterLines)
        {
            lines.Add("");
        }
        lines.RemoveRange(Math.Max(0, size.Rows - FooterLines), lines.Count - Math.Max(0, size.Rows - FooterLines));
        lines.Add(Fit(styles.Faint, Keys, size));
        return lines;
    }

    private static string Machine(TopState state, TopFrame frame) =>
        $"ipcscope top  {frame.When:HH:mm:ss}  every {state.Interval.TotalSeconds:0.###} s  {Units.Count((ulong)frame.Flows)} of {Units.Count((ulong)frame.FlowsLimit)} flows"
        + $"  {frame.Losses.Describe()}  own CPU {frame.CpuShare * 100:0.0} %";

    /// <summary>All rows in one.</summary>
    internal static string Totals(TopFrame frame)
    {
        TopRow total = frame.All.Total;
        return $"{Units.Rate(total.Operations / frame.Seconds)} ops/s  out {TopTable.Volume(total.BytesOut, frame.Seconds)}/s  in {TopTable.Volume(total.BytesIn, frame.Seconds)}/s"
            + $"  p50 {Units.Seconds(total.P50)}  p99 {Units.Seconds(total.P99)}  {Units.Rate(total.Errors / frame.Seconds)} errors/s";
    }

    private string Status(TopState state, int all, int shown, TerminalSize size)
    {
        if (state.Typing is { } typing)
        {
            // The end is where one types.
            string fault = state.Fault.Length > 0 ? $"  {state.Fault}" : "";
            return Fit(fault.Length > 0 ? styles.Error : styles.Warning, $"filter: {typing}▏{fault}", size);
        }
        string range = shown == 0 ? "none" : $"{state.First + 1}–{state.First + shown} of {Units.Count((ulong)all)}";
        string filter = state.Filter.Length > 0 ? $"  filter: {state.Filter}" : "";
        string order = $"{state.View.ToString().ToLowerInvariant()} by {state.Sort.ToString().ToLowerInvariant()}{(state.Reverse ? ", smallest first" : "")}";
        return Fit(state.Paused ? styles.Warning : "", $"{(state.Paused ? "PAUSED  " : "")}{order}  {range}{filter}", size);
    }

    private IEnumerable<string> Table(TopState state, TopFrame frame, List<TopRow> shown, TerminalSize size)
    {
        foreach (string line in TopTable.Build(state.View, shown, frame.Seconds, state.Wide, styles).Render(size.Columns))
        {
            yield return line;
        }
        if (shown.Count == 0)
        {
            yield return Fit(styles.Faint, state.Filter.Length > 0 ? "Nothing that the filter lets through has happened yet." : "No channel has been used yet.", size);
        }
    }

    private IEnumerable<string> HelpLines(TerminalSize size)
    {
        yield return "";
        foreach ((string key, string effect) in TopKeys.All)
        {
            yield return Fit("", $"  {key,-20}{effect}", size);
        }
        yield return "";
        yield return Fit(styles.Faint, "  p50, p99: of the interval, upper bounds of powers of two, waiting included", size);
    }

    private string Fit(string style, string text, TerminalSize size)
    {
        string cut = DisplayText.Cut(DisplayText.Clean(text), size.Columns);
        return style.Length > 0 ? styles.Paint(style, cut) : cut;
    }
}
