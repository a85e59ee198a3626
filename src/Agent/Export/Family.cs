using System.Text;

namespace Ipcscope.Export;

/// <summary>One metric family: its names as bytes, and its header in both formats.</summary>
/// <param name="name">As in docs/metrics.md, without <c>_total</c>.</param>
/// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="unit">The unit that ends the name; null: none.</param>
/// <param name="help">One sentence without quotes, backslashes and line breaks.</param>
internal sealed class Family(string name, string type, string? unit, string help)
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes($"# HELP {name}{Suffix(type)} {help}\n# TYPE {name}{Suffix(type)} {type}\n");
    private readonly byte[] _openMetrics = Encoding.UTF8.GetBytes(
        $"# HELP {name} {help}\n# TYPE {name} {type}\n" + (unit is null ? "" : $"# UNIT {name} {unit}\n"));

    /// <summary>What begins a sample of a counter or gauge.</summary>
    public byte[] Sample { get; } = Encoding.UTF8.GetBytes($"{name}{Suffix(type)}{{");

    /// <summary>What begins a bucket of a histogram.</summary>
    public byte[] Bucket { get; } = Encoding.UTF8.GetBytes($"{name}_bucket{{");

    /// <summary>What begins the sum of a histogram.</summary>
    public byte[] Sum { get; } = Encoding.UTF8.GetBytes($"{name}_sum{{");

    /// <summary>What begins the count of a histogram.</summary>
    public byte[] Count { get; } = Encoding.UTF8.GetBytes($"{name}_count{{");

    /// <summary>HELP and TYPE.</summary>
    public ReadOnlySpan<byte> Header(bool openMetrics) => openMetrics ? _openMetrics : _text;

    private static string Suffix(string type) => type == "counter" ? "_total" : "";
}
