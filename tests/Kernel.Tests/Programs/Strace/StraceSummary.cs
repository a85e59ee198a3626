using System.Globalization;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>The table of <c>strace -c</c>: how often each system call was made.</summary>
internal static class StraceSummary
{
    // % time, seconds, usecs/call, calls, errors (empty if none), name
    private const int Calls = 3;
    private const int Columns = 6;

    internal static Dictionary<string, (ulong Calls, ulong Errors)> Parse(IEnumerable<string> log)
    {
        Dictionary<string, (ulong, ulong)> table = [];
        foreach (string line in log.SkipWhile(line => !line.StartsWith("% time", StringComparison.Ordinal)))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length >= Columns - 1 && ulong.TryParse(cells[Calls], CultureInfo.InvariantCulture, out ulong calls) &&
                cells[^1] != "total")
            {
                table.Add(cells[^1], (calls, cells.Length == Columns ? ulong.Parse(cells[Columns - 2]) : 0));
            }
        }
        return table;
    }
}
