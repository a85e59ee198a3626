using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipcscope.KernelTests.Product;

/// <summary>One sample of a page in Prometheus' text format.</summary>
/// <param name="Name">The sample's name: <c>ipc_operation_duration_seconds_bucket</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    internal string this[string label] => Labels.GetValueOrDefault(label, "");
}

/// <summary>What <c>/metrics</c> said. A test's own reader: what the agent writes must not be read by what wrote it.</summary>
internal sealed partial class MetricsPage
{
    private MetricsPage(MetricSample[] samples) => Samples = samples;

    internal IReadOnlyList<MetricSample> Samples { get; }

    internal IEnumerable<MetricSample> Named(string name) => Samples.Where(sample => sample.Name == name);

    internal static MetricsPage Parse(string text) => new(
        [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Read)]);

    /// <summary>What the page says of processes with a name, in the form of a workload's truth.</summary>
    /// <remarks>The page does not tell how many datagrams were truncated.</remarks>
    internal SortedDictionary<string, Figures> Observed(string process)
    {
        ILookup<string, MetricSample> series = Samples
            .Where(sample => sample["process"] == process && sample["operation"].Length > 0)
            .ToLookup(sample => new Key(uint.Parse(sample["pid"]), 0, sample["mechanism"], sample["operation"]).ToString());
        SortedDictionary<string, Figures> observed = new(StringComparer.Ordinal);
        foreach (IGrouping<string, MetricSample> one in series)
        {
            observed.Add(one.Key, new Figures(
                Value(one, "ipc_operations_total"), Value(one, "ipc_bytes_total"), Value(one, "ipc_would_block_total"), 0,
                Errors(one).GetValueOrDefault("interrupted"), Truth.Spell(Errors(one).Where(error => error.Key != "interrupted"))));
        }
        return observed;
    }

    private static ulong Value(IEnumerable<MetricSample> samples, string name) => (ulong)samples.SingleOrDefault(sample => sample.Name == name, None).Value;

    private static Dictionary<string, ulong> Errors(IEnumerable<MetricSample> samples) =>
        samples.Where(sample => sample.Name == "ipc_errors_total").ToDictionary(sample => sample["error"], sample => (ulong)sample.Value);

    private static MetricSample None { get; } = new("", new Dictionary<string, string>(), 0);

    private static MetricSample Read(string line)
    {
        Match match = Sample().Match(line);
        if (!match.Success)
        {
            throw new InvalidDataException($"not a sample: {line}");
        }
        Dictionary<string, string> labels = Label().Matches(match.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
        string value = match.Groups[3].Value;
        return new MetricSample(match.Groups[1].Value, labels, value == "+Inf" ? double.PositiveInfinity : double.Parse(value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^([a-z_]+)(?:\{(.*)\})? ([^ ]+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-z_]+)="((?:[^"\\]|\\.)*)",?""")]
    private static partial Regex Label();
}
