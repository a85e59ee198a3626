using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipcscope.Tests.Edges;

/// <summary>
/// A flow chart of Mermaid, read strictly: the part of its grammar that is written here, and nothing else. In quotes there is neither a quote nor a
/// control character nor what Mermaid replaces before it parses (entities apart) nor what it takes for Markdown or a comment.
/// </summary>
internal sealed partial class MermaidChart
{
    private MermaidChart()
    {
    }

    /// <summary>Labels by the names of nodes.</summary>
    public Dictionary<string, string> Nodes { get; } = [];

    /// <summary>Arrows: from, to, label.</summary>
    public List<(string From, string To, string Label)> Arrows { get; } = [];

    public static MermaidChart Parse(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        Assert.Equal("flowchart LR", all[0]);
        var chart = new MermaidChart();
        foreach (string line in all.Skip(1))
        {
            Match node = NodeLine().Match(line), arrow = ArrowLine().Match(line);
            Assert.True(node.Success != arrow.Success, $"neither a node nor an arrow: {line}");
            if (node.Success)
            {
                Assert.Empty(chart.Arrows);
                chart.Nodes.Add(node.Groups["name"].Value, Decode(node.Groups["label"].Value));
            }
            else
            {
                Assert.True(chart.Nodes.ContainsKey(arrow.Groups["from"].Value) && chart.Nodes.ContainsKey(arrow.Groups["to"].Value), line);
                chart.Arrows.Add((arrow.Groups["from"].Value, arrow.Groups["to"].Value, Decode(arrow.Groups["label"].Value)));
            }
        }
        return chart;
    }

    private static string Decode(string label) =>
        Entity().Replace(label, match => char.ConvertFromUtf32(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));

    private const string Text = """(?<label>(?:[^"#%`<>&;{}|\\~^\p{Cc}\u2028\u2029]|\#[0-9]+;)+)""";

    [GeneratedRegex($"""^\ \ (?<name>n[0-9]+)(?:\["{Text}"\]|\(\["{Text}"\]\))$""", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex NodeLine();

    [GeneratedRegex($"""^\ \ (?<from>n[0-9]+)\ (?:-->|-\.->)\|"{Text}"\|\ (?<to>n[0-9]+)$""", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex ArrowLine();

    [GeneratedRegex("#([0-9]+);", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
