using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipcscope.Tests.Export;

/// <summary>One line with a value.</summary>
internal sealed record ExpositionSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string Line)
{
    public string SeriesText { get; } = Line[..(Line.LastIndexOf('}') + 1)];
}

/// <summary>A page of the Prometheus text format or OpenMetrics, read strictly: what a scraper might overlook is an error here.</summary>
internal sealed partial class Exposition
{
    private static readonly string[] HistogramSuffixes = ["_bucket", "_sum", "_count"];
    private readonly Dictionary<string, string> _types = [];
    private readonly HashSet<string> _helped = [];
    private readonly HashSet<string> _closed = [];
    private readonly HashSet<string> _lines = [];
    private readonly bool _openMetrics;
    private string? _family;

    private Exposition(bool openMetrics) => _openMetrics = openMetrics;

    public List<ExpositionSample> Samples { get; } = [];

    public IReadOnlyDictionary<string, string> Types => _types;

    public static Exposition Parse(string text, bool openMetrics = false)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] lines = text[..^1].Split('\n');
        Exposition page = new(openMetrics);
        if (openMetrics)
        {
            Assert.Equal("# EOF", lines[^1]);
            lines = lines[..^1];
        }
        foreach (string line in lines)
        {
            page.Read(line);
        }
        Assert.Equal(page._types.Keys.Order(), page._helped.Order());
        page.CheckHistograms();
        return page;
    }

    public double Value(string name, params (string Label, string Value)[] labels) =>
        Samples.Single(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value)).Value;

    public double Sum(string name) => Samples.Where(sample => sample.Name == name).Sum(static sample => sample.Value);

    private void Read(string line)
    {
        Match comment = CommentLine().Match(line);
        if (comment.Success)
        {
            Enter(comment.Groups["name"].Value);
            bool first = comment.Groups["word"].Value switch
            {
                "HELP" => comment.Groups["rest"].Length > 0 && _helped.Add(_family!),
                "TYPE" => _types.TryAdd(_family!, comment.Groups["rest"].Value),
                _ => _openMetrics && _family!.EndsWith("_" + comment.Groups["rest"].Value, StringComparison.Ordinal),
            };
            Assert.True(first, line);
            return;
        }
        Match match = SampleLine().Match(line);
        Assert.True(match.Success, $"not a line of the format: {line}");
        string name = match.Groups["name"].Value;
        string family = FamilyOf(name);
        Assert.True(_types.ContainsKey(family) && _family == family, $"outside of its family: {line}");
        Dictionary<string, string> labels = [];
        for (int i = 0; i < match.Groups["key"].Captures.Count; i++)
        {
            // Twice the same label throws.
            labels.Add(match.Groups["key"].Captures[i].Value, Unescape(match.Groups["value"].Captures[i].Value));
        }
        ExpositionSample sample = new(name, labels, double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), line);
        string identity = $"{name} {string.Join('\n', labels.OrderBy(static label => label.Key, StringComparer.Ordinal))}";
        Assert.True(_lines.Add(identity), $"twice: {line}");
        Samples.Add(sample);
    }

    private void Enter(string family)
    {
        if (_family == family)
        {
            return;
        }
        Assert.DoesNotContain(family, _closed);
        if (_family is not null)
        {
            _closed.Add(_family);
        }
        _family = family;
    }

    private string FamilyOf(string sample)
    {
        string? histogram = HistogramSuffixes
            .Where(suffix => sample.EndsWith(suffix, StringComparison.Ordinal))
            .Select(suffix => sample[..^suffix.Length])
            .FirstOrDefault(name => _types.GetValueOrDefault(name) == "histogram");
        if (histogram is not null)
        {
            return histogram;
        }
        return _openMetrics && !_types.ContainsKey(sample) ? OpenMetricsSuffix().Replace(sample, "") : sample;
    }

    private void CheckHistograms()
    {
        foreach (string family in _types.Where(static type => type.Value == "histogram").Select(static type => type.Key))
        {
            ILookup<string, ExpositionSample> buckets = Samples.Where(sample => sample.Name == family + "_bucket").ToLookup(Key);
            foreach (ExpositionSample count in Samples.Where(sample => sample.Name == family + "_count"))
            {
                ExpositionSample[] own = [.. buckets[Key(count)]];
                Assert.Equal(own.OrderBy(Bound).ThenBy(static sample => sample.Value), own);
                Assert.Equal("+Inf", own[^1].Labels["le"]);
                Assert.Equal(count.Value, own[^1].Value);
            }
            Assert.Equal(buckets.Count, Samples.Count(sample => sample.Name == family + "_sum"));
        }

        static string Key(ExpositionSample sample) => string.Join('\n', sample.Labels.Where(static label => label.Key != "le"));
        static double Bound(ExpositionSample sample) =>
            sample.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(sample.Labels["le"], CultureInfo.InvariantCulture);
    }

    private static string Unescape(string value) => Escape().Replace(value, static match => match.Value[1] == 'n' ? "\n" : match.Value[1..]);

    [GeneratedRegex(@"^# (?<word>HELP|TYPE|UNIT) (?<name>[a-z_:][a-z0-9_:]*) (?<rest>[^\\]+)$")]
    private static partial Regex CommentLine();

    [GeneratedRegex(
        """^(?<name>[a-z_:][a-z0-9_:]*)\{(?:(?<key>[a-z_][a-z0-9_]*)="(?<value>(?:[^"\\\n]|\\\\|\\"|\\n)*)"(?:,(?=[a-z])|(?=\})))*\} """ +
        "(?<number>[0-9.eE+-]+)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex("_(total|created|info)$")]
    private static partial Regex OpenMetricsSuffix();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
