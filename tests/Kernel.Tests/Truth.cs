using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipcscope.KernelTests;

/// <summary>What a workload really did: one line of its truth file.</summary>
public sealed record TruthLine
{
    public uint Pid { get; init; }
    public string Mechanism { get; init; } = "";
    public string Operation { get; init; } = "";
    public string Via { get; init; } = "";
    public string Detail { get; init; } = "";
    public ulong Operations { get; init; }
    public ulong Bytes { get; init; }
    [JsonPropertyName("would_block")]
    public ulong WouldBlock { get; init; }
    public ulong Truncated { get; init; }
    public ulong Interrupted { get; init; }
    public Dictionary<string, ulong> Errors { get; init; } = [];
    public int Incarnation { get; init; } = 1;
    public int Image { get; init; } = 1;
}

/// <summary>Reads them without reflection: tests/vm/Judge is a native program.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TruthLine))]
internal sealed partial class TruthJson : JsonSerializerContext;

/// <summary>
/// Whose counts: the n-th process image that had this pid during a scenario, by mechanism and operation. Via and detail are empty
/// for what a system call did and for what has none.
/// </summary>
public readonly record struct Key(
    uint Pid, int Ordinal, string Mechanism, string Operation, string Via = "", string Detail = "");

/// <summary>What is compared. Errors are spelled out, so that a difference can be read.</summary>
public readonly record struct Figures(
    ulong Operations, ulong Bytes, ulong WouldBlock, ulong Truncated, ulong Interrupted, string Errors);

/// <summary>The truth of a scenario.</summary>
public static class Truth
{
    public static SortedDictionary<string, Figures> Read(string path)
    {
        SortedDictionary<string, Figures> truth = new(StringComparer.Ordinal);
        TruthLine[] lines = [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize(line, TruthJson.Default.TruthLine)!)];
        foreach (IGrouping<uint, TruthLine> process in lines.GroupBy(line => line.Pid))
        {
            // Images in the order in which they lived: incarnations of the pid first, then images by exec.
            (int, int)[] images = [.. process.Select(line => (line.Incarnation, line.Image)).Distinct().Order()];
            foreach (TruthLine line in process)
            {
                Key key = new(
                    line.Pid, Array.IndexOf(images, (line.Incarnation, line.Image)), line.Mechanism, line.Operation,
                    line.Via, line.Detail);
                truth.Add(key.ToString(), new Figures(
                    line.Operations, line.Bytes, line.WouldBlock, line.Truncated, line.Interrupted, Spell(line.Errors)));
            }
        }
        return truth;
    }

    /// <summary>What differs, line by line: the collections' own comparison cuts it off. Empty if all is as it should be.</summary>
    public static string[] Differences(SortedDictionary<string, Figures> truth, SortedDictionary<string, Figures> observed) =>
    [
        .. truth.Where(line => !observed.TryGetValue(line.Key, out Figures seen) || seen != line.Value)
            .Select(line => $"truth    {line.Key} {line.Value}"),
        .. observed.Where(line => !truth.TryGetValue(line.Key, out Figures real) || real != line.Value)
            .Select(line => $"observed {line.Key} {line.Value}"),
    ];

    public static string Spell(IEnumerable<KeyValuePair<string, ulong>> errors) =>
        string.Join(' ', errors.Where(error => error.Value > 0).OrderBy(error => error.Key, StringComparer.Ordinal)
            .Select(error => $"{error.Key}={error.Value}"));
}
