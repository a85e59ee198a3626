using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary>A line of <c>trace -o json</c>.</summary>
public sealed record TraceLine
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public uint Pid { get; init; }
    public string Process { get; init; } = "";
    public string Mechanism { get; init; } = "";
    public string Operation { get; init; } = "";
    public ulong SizeBytes { get; init; }
    public double? DurationSeconds { get; init; }
    public string? Error { get; init; }
    public bool WouldBlock { get; init; }
    public bool Truncated { get; init; }
    public bool Interrupted { get; init; }

    public static TraceLine[] Read(string path) => [.. File.ReadLines(path).Select(Parse)];

    public static TraceLine Parse(string line) => JsonSerializer.Deserialize<TraceLine>(line, Options)!;

    /// <summary>Adds lines up, in the form of a workload's truth.</summary>
    internal static SortedDictionary<string, Figures> Sum(IEnumerable<TraceLine> lines)
    {
        SortedDictionary<string, Figures> sums = new(StringComparer.Ordinal);
        foreach (IGrouping<string, TraceLine> group in lines.GroupBy(line => new Key(line.Pid, 0, line.Mechanism, line.Operation).ToString()))
        {
            sums.Add(group.Key, new Figures(
                (ulong)group.Count(line => !line.WouldBlock), (ulong)group.Sum(line => (long)line.SizeBytes), (ulong)group.Count(line => line.WouldBlock),
                (ulong)group.Count(line => line.Truncated), (ulong)group.Count(line => line.Interrupted),
                Truth.Spell(group.Where(line => line.Error is not null).CountBy(line => line.Error!)
                    .Select(error => KeyValuePair.Create(error.Key, (ulong)error.Value)))));
        }
        return sums;
    }
}
