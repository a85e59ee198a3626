namespace Ipcscope.Config;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class NearestName
{
    /// <summary><c> (did you mean "pipe"?)</c> with a leading space; empty if no candidate is near, or the name is one of them.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        string? nearest = candidates.MinBy(candidate => Distance(name, candidate));
        // A third of the letters may be wrong: more is another word.
        return nearest is not null && nearest != name && Distance(name, nearest) <= Math.Max(1, nearest.Length / 3) ? $" (did you mean \"{nearest}\"?)" : "";
    }

    // Edits from one to the other, neighbours swapped counting as one (optimal string alignment); upper and lower case are the same.
    private static int Distance(string from, string to)
    {
        // What is far longer is not near, and input has no limit.
        if (Math.Abs(from.Length - to.Length) > to.Length)
        {
            return int.MaxValue;
        }
        int[] before = new int[to.Length + 1];
        int[] last = [.. Enumerable.Range(0, to.Length + 1)];
        int[] row = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = last[j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, last, row) = (last, row, before);
        }
        return last[to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
