using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>How the result of a self-test is shown.</summary>
internal static class SelfTestReport
{
    /// <summary>A table with a row for each operation.</summary>
    public static IEnumerable<string> Lines(IEnumerable<SelfTestLine> lines, int width, Styles styles)
    {
        var table = new TextTable([new(""), new("MECHANISM"), new("OPERATION"), new("MADE", RightAligned: true), new("COUNTED", RightAligned: true)], styles);
        foreach (SelfTestLine line in lines)
        {
            table.Add(
                line.IsEqual ? new TextCell("ok", styles.Good) : new TextCell("fail", styles.Error),
                Words.Mechanisms[(int)line.Mechanism], Words.Operations[(int)line.Operation], Units.Count(line.Made), Units.Count(line.Counted));
        }
        return table.Render(width);
    }

    /// <summary>A row as an object.</summary>
    public static string Object(SelfTestLine line) => JsonLine.Write(json =>
    {
        json.WriteString("kind", "self_test");
        json.WriteString("state", line.IsEqual ? "ok" : "fail");
        json.WriteString("mechanism", Words.Mechanisms[(int)line.Mechanism]);
        json.WriteString("operation", Words.Operations[(int)line.Operation]);
        json.WriteNumber("made", line.Made);
        json.WriteNumber("counted", line.Counted);
    });
}
