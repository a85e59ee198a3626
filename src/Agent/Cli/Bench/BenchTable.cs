namespace Ipcscope.Cli.Bench;

/// <summary>A run in columns for people: of each mechanism a line without the agent, and one with it.</summary>
/// <param name="run">What was found.</param>
/// <param name="earlier">What it is compared with; null: nothing.</param>
/// <param name="wide">Whether what the agent adds has a line of its own.</param>
/// <param name="styles">Colours.</param>
internal sealed class BenchTable(BenchFile run, BenchFile? earlier, bool wide, Styles styles)
{
    private const int NotesWidth = 100;

    private static readonly TextColumn[] Columns =
        [new("MECHANISM"), .. BenchFigure.All.Select(figure => new TextColumn(figure.Title, figure.Rank, Minimum: 7, RightAligned: true))];

    private readonly TextTable _table = new(Columns, styles);
    private readonly List<string> _notes = [];

    /// <summary>The lines.</summary>
    /// <param name="width">What there is.</param>
    public IEnumerable<string> Render(int width)
    {
        foreach (IGrouping<string, BenchRow> mechanism in run.Rows.GroupBy(row => row.Mechanism))
        {
            BenchRow plain = mechanism.First();
            Add(plain, mechanism.Key + Mark(plain), "");
            if (mechanism.ElementAtOrDefault(1) is { Failure: "" } attached)
            {
                Add(attached, "  with agent", styles.Faint);
                AddCost(plain, attached);
            }
        }
        return [.. _table.Render(width), .. _notes.SelectMany((note, i) => DisplayText.Wrap($"[{i + 1}] {note}", Math.Min(width, NotesWidth)))];
    }

    private void Add(BenchRow row, string label, string style)
    {
        AddLine(label, style, (figure, i) => figure.Show(row.Figures[i]));
        if (earlier?.Ratios(row) is { } ratios)
        {
            AddLine("  to then", styles.Faint, (_, i) => BenchFigure.ShowRatio(ratios[i]));
        }
    }

    private void AddCost(BenchRow plain, BenchRow attached)
    {
        if (wide)
        {
            AddLine("  difference", styles.Faint, (figure, i) => figure.ShowDifference(plain.Figures[i], attached.Figures[i]));
        }
    }

    private void AddLine(string label, string style, Func<BenchFigure, int, string> show) =>
        _table.Add([new TextCell(label, style), .. BenchFigure.All.Select((figure, i) => new TextCell(show(figure, i), style))]);

    // The same note has the same number.
    private string Mark(BenchRow row)
    {
        string note = row.Failure.Length > 0 ? $"not measured: {row.Failure}" : row.Note;
        if (note.Length == 0)
        {
            return "";
        }
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
        return $" [{_notes.IndexOf(note) + 1}]";
    }
}
