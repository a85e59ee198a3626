using System.Text;

namespace Ipcscope.Cli;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Rank">Where it is too narrow, the column with the highest rank goes first; 0 stays to the end.</param>
/// <param name="Minimum">Cells that it takes at least; a column whose rows change keeps its place by it.</param>
/// <param name="RightAligned">Numbers are.</param>
/// <param name="Elastic">May be cut down to <paramref name="Minimum"/> before a column is dropped.</param>
internal sealed record TextColumn(string Title, int Rank = 0, int Minimum = 1, bool RightAligned = false, bool Elastic = false);

/// <summary>Lays rows out in columns. On a narrow terminal it cuts, then drops columns, and never makes a row longer than the width.</summary>
/// <param name="columns">From left to right.</param>
internal sealed class TextTable(IReadOnlyList<TextColumn> columns)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row with one cell a column, cleaned of control characters.</summary>
    public void Add(params ReadOnlySpan<string> cells)
    {
        string[] row = new string[columns.Count];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = DisplayText.Clean(cells[i]);
        }
        _rows.Add(row);
    }

    /// <summary>Removes all rows.</summary>
    public void Clear() => _rows.Clear();

    /// <summary>The heading, then every row, each at most <paramref name="width"/> cells, without trailing spaces.</summary>
    public IEnumerable<string> Render(int width)
    {
        int[] widths = Fit(width);
        yield return Line(widths, width, i => columns[i].Title);
        foreach (string[] row in _rows)
        {
            yield return Line(widths, width, i => row[i]);
        }
    }

    // 0 stands for a column that is dropped.
    private int[] Fit(int width)
    {
        int[] widths = new int[columns.Count];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Max(columns[i].Minimum, DisplayText.Width(columns[i].Title));
            foreach (string[] row in _rows)
            {
                widths[i] = Math.Max(widths[i], DisplayText.Width(row[i]));
            }
        }
        while (Total(widths) > width)
        {
            int widest = WidestElastic(widths);
            if (widest >= 0)
            {
                widths[widest] = Math.Max(Floor(widest), widths[widest] - (Total(widths) - width));
                continue;
            }
            int last = HighestRank(widths);
            if (last < 0)
            {
                break;
            }
            widths[last] = 0;
        }
        return widths;
    }

    private static int Total(int[] widths) => widths.Where(w => w > 0).Sum(w => w + Gap.Length) - Gap.Length;

    private int Floor(int column) => Math.Max(columns[column].Minimum, DisplayText.Width(columns[column].Title));

    private int WidestElastic(int[] widths)
    {
        int widest = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (columns[i].Elastic && widths[i] > Floor(i) && (widest < 0 || widths[i] > widths[widest]))
            {
                widest = i;
            }
        }
        return widest;
    }

    private int HighestRank(int[] widths)
    {
        int highest = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (widths[i] > 0 && columns[i].Rank > 0 && (highest < 0 || columns[i].Rank >= columns[highest].Rank))
            {
                highest = i;
            }
        }
        return highest;
    }

    private string Line(int[] widths, int width, Func<int, string> cell)
    {
        var line = new StringBuilder();
        for (int i = 0; i < widths.Length; i++)
        {
            if (widths[i] == 0)
            {
                continue;
            }
            string text = DisplayText.Cut(cell(i), widths[i]);
            int pad = widths[i] - DisplayText.Width(text);
            line.Append(line.Length > 0 ? Gap : "");
            line.Append(' ', columns[i].RightAligned ? pad : 0).Append(text).Append(' ', columns[i].RightAligned ? 0 : pad);
        }
        return DisplayText.Cut(line.ToString().TrimEnd(' '), width);
    }
}
