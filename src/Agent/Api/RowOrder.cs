using Ipcscope.Cli;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Puts rows in an order, the largest first; equal ones by name.</summary>
internal static class RowOrder
{
    /// <summary>Sorts.</summary>
    public static IReadOnlyList<T> Sort<T>(IEnumerable<T> rows, Order order)
        where T : Row =>
        [.. rows.OrderByDescending(row => Weight(row, order)).ThenBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal)];

    private static double Weight(Row row, Order order) => order switch
    {
        Order.Operations => row.Activity.NewOperations,
        Order.Bytes => row.Activity.NewWritten + row.Activity.NewRead,
        Order.Wait => row.LongestWait?.Call.Age ?? 0,
        Order.Duration => row.Activity.Duration.Most is var quantile && double.IsNaN(quantile) ? -1 : quantile,
        _ => 0,
    };
}
