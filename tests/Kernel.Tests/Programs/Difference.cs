namespace Ipcscope.KernelTests.Programs;

/// <summary>Compares two accounts line by line, and says which lines differ.</summary>
internal static class Difference
{
    internal static void AssertNone(
        string left, IEnumerable<Entry> a, string right, IEnumerable<Entry> b, Func<Entry, string> line)
    {
        SortedDictionary<string, string> one = AddUp(a, line), other = AddUp(b, line);
        string[] differences =
        [
            .. one.Keys.Union(other.Keys).Order(StringComparer.Ordinal)
                .Select(key => (Key: key, One: one.GetValueOrDefault(key, "nothing"), Other: other.GetValueOrDefault(key, "nothing")))
                .Where(pair => pair.One != pair.Other)
                .Select(pair => $"{pair.Key}\n    {left}: {pair.One}\n    {right}: {pair.Other}"),
        ];
        Assert.True(differences.Length == 0, $"{left} and {right} differ:\n{string.Join('\n', differences)}");
    }

    private static SortedDictionary<string, string> AddUp(IEnumerable<Entry> entries, Func<Entry, string> line) => new(
        entries.GroupBy(line).ToDictionary(group => group.Key, group => Tally.Sum(group.Select(entry => entry.Tally)).ToString()),
        StringComparer.Ordinal);
}
