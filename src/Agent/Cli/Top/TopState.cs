namespace Ipcscope.Cli;

/// <summary>What somebody who watches <c>top</c> has chosen.</summary>
internal sealed class TopState
{
    private static readonly TimeSpan[] Intervals =
        [.. new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Channels or processes.</summary>
    public TopView View { get; set; }

    /// <summary>What rows are sorted by.</summary>
    public TopSort Sort { get; set; }

    /// <summary>Smallest first.</summary>
    public bool Reverse { get; set; }

    /// <summary>More columns.</summary>
    public bool Wide { get; init; }

    /// <summary>Whether the table stands still.</summary>
    public bool Paused { get; set; }

    /// <summary>Whether the help is shown in place of the rows.</summary>
    public bool Help { get; set; }

    /// <summary>Whether it is over.</summary>
    public bool Quit { get; set; }

    /// <summary>The first row that is shown, from 0.</summary>
    public int First { get; set; }

    /// <summary>Between two looks.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The filter that is at work; empty: none.</summary>
    public string Filter { get; set; } = "";

    /// <summary>The filter that is being typed; null: none is.</summary>
    public string? Typing { get; set; }

    /// <summary>What is wrong with the filter; empty: nothing.</summary>
    public string Fault { get; set; } = "";

    /// <summary>Takes the next longer (+1) or shorter (-1) interval.</summary>
    public void ChangeInterval(int step) => Interval = step > 0
        ? Intervals.FirstOrDefault(interval => interval > Interval, Intervals[^1])
        : Intervals.LastOrDefault(interval => interval < Interval, Intervals[0]);

    /// <summary>Takes the next order.</summary>
    public void ChangeSort() => Sort = (TopSort)(((int)Sort + 1) % Enum.GetValues<TopSort>().Length);
}
