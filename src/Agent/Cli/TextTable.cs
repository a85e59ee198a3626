using System.Text;

namespace Ipcscope.Cli;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Rank">Where it is too narrow, the column with the highest rank goes first; 0 stays to the end.</param>
/// <param name="Minimum">Cells that it takes at least; a column whose rows change keeps its place by it.</param>
/// <param name="RightAligned">Numbers are.</param>
/// <param name="Elastic">May be cut down to <paramref name="Minimum"/> before a column is dropped.</param>
/// <param name="Spare">Goes before another one is cut.</param>
internal sealed record TextColumn(
    string Title, int Rank = 0, int Minimum = 1, bool RightAligned = false, bool Elastic = false, bool Spare = false);

/// <summary>A cell of a <see cref="TextTable"/>.</summary>
/// <param name="Text">What it shows; control characters are made harmless.</param>
/// <param name="Style">One of <see cref="Styles"/>, or nothing.</param>
internal readonly record struct TextCell(string Text, string Style = "")
{
    /// <summary>Text without a style.</summary>
    public static implicit operator TextCell(string text) => new(text);
}

/// <summary>Lays rows out in columns. On a narrow terminal it cuts, then drops columns, and never makes a row longer than the width.</summary>
/// <param name="columns">From left to right.</param>
/// <param name="styles">Ends the styles of cells.</param>
internal sealed class TextTable(IReadOnlyList<TextColumn> columns, Styles styles)
{
    private const string Gap = "  ";
    private readonly List<TextCell[]> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row with one cell a column.</summary>
    public void Add(params ReadOnlySpan<TextCell> cells)
    {
        var row = new TextCell[columns.Count];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = cells[i] with { Text = DisplayText.Clean(cells[i].Text) };
        }
        _rows.Add(row);
    }

    /// <summary>The heading, then every row, each at most <paramref name="width"/> cells, without trailing spaces.</summary>
    public IEnumerable<string> Render(int width)
    {
        int[] widths = ColumnFit.Fit(columns, [.. columns.Select(Natural)], Gap.Length, width);
        yield return Line(widths, width, [.. columns.Select(column => new TextCell(column.Title, styles.Header))]);
        foreach (TextCell[] row in _rows)
        {
            yield return Line(widths, width, row);
        }
    }

    private int Natural(TextColumn column, int index)
    {
        int width = 0;
        foreach (TextCell[] row in _rows)
        {
            width = Math.Max(width, DisplayText.Width(row[index].Text));
        }
        return width;
    }

    private string Line(int[] widths, int width, TextCell[] cells)
    {
        var line = new StringBuilder();
        int used = 0;
        int last = Array.FindLastIndex(cells, cell => cell.Text.Length > 0);
        for (int i = 0; i <= last; i++)
        {
            int room = Math.Min(widths[i], width - used - (used > 0 ? Gap.Length : 0));
            if (room <= 0)
            {
                continue;
            }
            string text = DisplayText.Cut(cells[i].Text, room);
            int pad = room - DisplayText.Width(text);
            line.Append(used > 0 ? Gap : "").Append(' ', columns[i].RightAligned ? pad : 0);
            line.Append(cells[i].Style.Length > 0 ? styles.Paint(cells[i].Style, text) : text);
            line.Append(' ', columns[i].RightAligned || i == last ? 0 : pad);
            used += room + (used > 0 ? Gap.Length : 0);
        }
        return line.ToString();
    }
}
