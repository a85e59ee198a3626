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
    public string Via { get; init; } = "";
    public string Detail { get; init; } = "";
    public ulong SizeBytes { get; init; }
    public double? DurationSeconds { get; init; }
    public string? Error { get; init; }
    public bool WouldBlock { get; init; }
    public bool Truncated { get; init; }
    public bool Interrupted { get; init; }

    // Operations that move as many bytes as their size says; the size of a mapping is no transport.
    private ulong Moved => Operation is "read" or "write" or "send" or "receive" or "sync" ? SizeBytes : 0;

    public static TraceLine[] Read(string path) => [.. File.ReadLines(path).Select(Parse)];

    public static TraceLine Parse(string line) => JsonSerializer.Deserialize<TraceLine>(line, Options)!;

    /// <summary>The lines of workloads alone, without those of the shell that starts them.</summary>
    internal static TraceLine[] OfWorkloads(string path) => [.. Read(path).Where(line => line.Process.StartsWith("ipcscope-worklo", StringComparison.Ordinal))];

    /// <summary>Adds lines up, in the form of a workload's truth.</summary>
    internal static SortedDictionary<string, Figures> Sum(IEnumerable<TraceLine> lines)
    {
        SortedDictionary<string, Figures> sums = new(StringComparer.Ordinal);
        foreach (IGrouping<string, TraceLine> group in lines.GroupBy(line => new Key(line.Pid, 0, line.Mechanism, line.Operation, line.Via, line.Detail).ToString()))
        {
            sums.Add(group.Key, new Figures(
                (ulong)group.Count(line => !line.WouldBlock), (ulong)group.Sum(line => (long)line.Moved), (ulong)group.Count(line => line.WouldBlock),
                (ulong)group.Count(line => line.Truncated), (ulong)group.Count(line => line.Interrupted),
                Truth.Spell(group.Where(line => line.Error is not null).CountBy(line => line.Error!)
                    .Select(error => KeyValuePair.Create(error.Key, (ulong)error.Value)))));
        }
        return sums;
    }
}
