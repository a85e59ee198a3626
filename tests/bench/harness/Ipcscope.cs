using System.Globalization;

namespace Bench;

/// <summary>The program under test: how it is started, and what its metrics say.</summary>
internal static class Ipcscope
{
    private const int Port = 19464;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <param name="mode">aggregation.mode: kernel is the counting path, ring the event path.</param>
    /// <returns>The command line; its configuration is written beside the results.</returns>
    public static string Run(Settings settings, string mode)
    {
        var file = settings.Path($"ipcscope-{mode}.yaml");
        File.WriteAllText(file, $"metrics: {{ listen: 127.0.0.1:{Port} }}\napi: {{ listen: '' }}\naggregation: {{ mode: {mode} }}\n");
        return $"{settings.Ipcscope} run --config {file}";
    }

    /// <returns>Every operation of every process as a line of JSON.</returns>
    public static string Trace(Settings settings) => $"{settings.Ipcscope} trace -o json >/dev/null";

    /// <summary>One scrape.</summary>
    /// <exception cref="HttpRequestException">Nothing answers, or not with 200.</exception>
    public static IReadOnlyList<Sample> Scrape()
    {
        var text = Http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/metrics")).GetAwaiter().GetResult();
        return [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Sample.Parse)];
    }

    /// <summary>Sum of a family over all series that have this label, or over all.</summary>
    public static double Sum(this IEnumerable<Sample> samples, string name, string label = "") =>
        samples.Where(sample => sample.Name == name && sample.Labels.Contains(label, StringComparison.Ordinal)).Sum(sample => sample.Value);
}

/// <summary>A line of the Prometheus text format.</summary>
/// <param name="Labels">As written between the braces.</param>
internal readonly record struct Sample(string Name, string Labels, double Value)
{
    public static Sample Parse(string line)
    {
        var open = line.IndexOf('{', StringComparison.Ordinal);
        var close = line.LastIndexOf('}');
        var name = open < 0 ? line[..line.IndexOf(' ', StringComparison.Ordinal)] : line[..open];
        var labels = open < 0 ? "" : line[(open + 1)..close];
        var value = line[(open < 0 ? name.Length : close + 1)..].Trim().Split(' ')[0];
        return new(name, labels, double.Parse(value, CultureInfo.InvariantCulture));
    }
}
