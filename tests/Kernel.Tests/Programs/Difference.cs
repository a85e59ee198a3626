namespace Ipcscope.KernelTests.Programs;

/// <summary>Compares two accounts line by line, and says which lines differ. What the first doubts the second may have or not.</summary>
internal static class Difference
{
    internal static void AssertNone(
        string left, IEnumerable<Entry> a, string right, IEnumerable<Entry> b, Func<Entry, string> line)
    {
        string difference = Between(left, a, right, b, line);
        Assert.True(difference.Length == 0, difference);
    }

    /// <summary>The lines that differ, or an empty text.</summary>
    internal static string Between(
        string left, IEnumerable<Entry> a, string right, IEnumerable<Entry> b, Func<Entry, string> line)
    {
        Dictionary<string, Tally> one = AddUp(a, line), other = AddUp(b, line);
        Tally nothing = new();
        string[] differences =
        [
            .. one.Keys.Union(other.Keys).Order(StringComparer.Ordinal)
                .Select(key => (Key: key, One: one.GetValueOrDefault(key, nothing), Other: other.GetValueOrDefault(key, nothing)))
                .Where(pair => !pair.One.Allows(pair.Other))
                .Select(pair => $"{pair.Key}\n    {left}: {pair.One}\n    {right}: {pair.Other}"),
        ];
        return differences.Length == 0 ? "" : $"{left} and {right} differ:\n{string.Join('\n', differences)}\n";
    }

    private static Dictionary<string, Tally> AddUp(IEnumerable<Entry> entries, Func<Entry, string> line) =>
        entries.GroupBy(line).ToDictionary(group => group.Key, group => Tally.Sum(group.Select(entry => entry.Tally)));
}
