namespace Ipcscope.Cli;

/// <summary>Decides how wide columns are.</summary>
internal static class ColumnFit
{
    /// <summary>Widths that fit: spare columns go first, then elastic ones shrink, then columns go in the order of their rank.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="natural">The width that the rows of each would like.</param>
    /// <param name="gap">Cells between two columns.</param>
    /// <param name="width">What there is.</param>
    /// <returns>0 for a column that is dropped.</returns>
    public static int[] Fit(IReadOnlyList<TextColumn> columns, int[] natural, int gap, int width)
    {
        int[] floors = [.. columns.Select(column => Math.Max(column.Minimum, DisplayText.Width(column.Title)))];
        int[] widths = [.. natural.Select((wish, i) => Math.Max(wish, floors[i]))];
        while (widths.Where(w => w > 0).Sum(w => (long)w + gap) - gap > width)
        {
            int spare = Choose(widths, (i, best) => columns[i].Spare && (best < 0 || columns[i].Rank >= columns[best].Rank));
            int widest = Choose(widths, (i, best) => columns[i].Elastic && widths[i] > floors[i] && (best < 0 || widths[i] > widths[best]));
            if (spare < 0 && widest >= 0)
            {
                widths[widest]--; // one by one, so that equals stay equal
                continue;
            }
            int dropped = spare >= 0 ? spare : Choose(widths, (i, best) => columns[i].Rank > 0 && (best < 0 || columns[i].Rank >= columns[best].Rank));
            if (dropped < 0)
            {
                break;
            }
            widths[dropped] = 0;
        }
        return widths;
    }

    private static int Choose(int[] widths, Func<int, int, bool> isBetter)
    {
        int best = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (widths[i] > 0 && isBetter(i, best))
            {
                best = i;
            }
        }
        return best;
    }
}
