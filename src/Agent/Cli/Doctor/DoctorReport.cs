namespace Ipcscope.Cli;

/// <summary>How findings are shown.</summary>
internal static class DoctorReport
{
    private const int Margin = 21;

    /// <summary>A finding in a line or more, words wrapped: here the text is what counts.</summary>
    public static IEnumerable<string> Lines(Finding finding, int width, Styles styles)
    {
        string style = finding.Verdict switch
        {
            Verdict.Ok => styles.Good,
            Verdict.Warn => styles.Warning,
            _ => styles.Error,
        };
        bool first = true;
        foreach (string line in DisplayText.Wrap(finding.Detail, width - Margin))
        {
            yield return first
                ? $"{styles.Paint(style, $"{finding.Verdict.ToString().ToLowerInvariant(),-4}")}  {finding.Check,-14} {line}"
                : $"{new string(' ', Margin)}{line}";
            first = false;
        }
        if (finding.Cost.Length > 0)
        {
            foreach (string line in DisplayText.Wrap($"costs: {finding.Cost}", width - Margin))
            {
                yield return $"{new string(' ', Margin)}{styles.Paint(styles.Faint, line)}";
            }
        }
    }

    /// <summary>A finding as an object.</summary>
    public static string Object(Finding finding) => JsonLine.Write(json =>
    {
        json.WriteString("check", finding.Check);
        json.WriteString("state", finding.Verdict.ToString().ToLowerInvariant());
        json.WriteString("detail", finding.Detail);
        json.WriteString("cost", finding.Cost);
    });
}
