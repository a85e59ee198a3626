namespace Ipcscope.Cli.Bench;

/// <summary>Says on standard error how far a run is: on a terminal in one line that changes, else a line for each half of a round.</summary>
/// <param name="error">Standard error.</param>
/// <param name="columns">The width of the terminal; null: it is none.</param>
internal sealed class BenchProgress(TextWriter error, int? columns)
{
    private const string EraseLine = "\r\e[K";
    private string _said = "";

    /// <summary>A mechanism is begun.</summary>
    public void Show(int round, int rounds, bool attached, string mechanism)
    {
        string half = $"ipcscope: round {round} of {rounds}, {(attached ? "with the agent" : "without the agent")}";
        if (columns is { } width)
        {
            // A line that reached the last column would wrap.
            error.Write(EraseLine + DisplayText.Cut($"{half}: {mechanism} …", width - 1));
        }
        else if (half != _said)
        {
            error.WriteLine($"{half} …");
        }
        _said = half;
    }

    /// <summary>Leaves the line to others.</summary>
    public void End()
    {
        if (columns is not null && _said.Length > 0)
        {
            error.Write(EraseLine);
        }
    }
}
