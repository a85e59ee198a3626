using System.Globalization;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Which part of a collection is asked for.</summary>
/// <param name="Limit">The most items, 1 to <see cref="Most"/>.</param>
/// <param name="Offset">How many to skip.</param>
/// <param name="Sort">What comes first.</param>
/// <param name="Filter">A filter expression; empty: everything.</param>
internal sealed record Page(int Limit, int Offset, SortKey Sort, string Filter)
{
    /// <summary>The most items of a page.</summary>
    public const int Most = 10_000;

    private const int Usual = 1_000;
    private const int LongestFilter = 4_096;
    private static readonly string[] Sorts = ["operations", "bytes", "wait", "duration", "name"];

    /// <summary>The word for <see cref="Sort"/>.</summary>
    public string SortWord => Sorts[(int)Sort];

    /// <summary>Reads the query; null and what is wrong if it makes no sense.</summary>
    public static Page? Read(IQueryCollection query, out string fault)
    {
        fault = "";
        string sort = query["sort"].ToString();
        int key = sort.Length == 0 ? 0 : Array.IndexOf(Sorts, sort);
        int limit = Number(query, "limit", Usual);
        int offset = Number(query, "offset", 0);
        string filter = query["filter"].ToString();
        fault = limit is < 1 or > Most ? $"limit: allowed: 1 to {Most}"
            : offset < 0 ? "offset: allowed: a whole number from 0"
            : key < 0 ? $"sort: allowed: {string.Join(", ", Sorts)}"
            : filter.Length > LongestFilter ? $"filter: allowed: up to {LongestFilter} characters"
            : "";
        return fault.Length > 0 ? null : new(limit, offset, (SortKey)key, filter);
    }

    private static int Number(IQueryCollection query, string name, int usual) =>
        !query.TryGetValue(name, out var value) ? usual
        : int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
