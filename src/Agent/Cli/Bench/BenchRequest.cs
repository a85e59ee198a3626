namespace Ipcscope.Cli.Bench;

/// <summary>What was asked for.</summary>
/// <param name="Plan">What is measured.</param>
/// <param name="WithAgent">Whether with the agent, too.</param>
/// <param name="Earlier">What it is compared with; null: nothing.</param>
/// <param name="Save">Where it is saved; null: nowhere.</param>
/// <param name="Format">How it is shown.</param>
/// <param name="Color">When it is coloured.</param>
internal sealed record BenchRequest(BenchPlan Plan, bool WithAgent, BenchFile? Earlier, string? Save, OutputFormat Format, ColorMode Color)
{
    /// <summary>Measures and shows.</summary>
    /// <returns>The exit status.</returns>
    /// <exception cref="CommandException">The run cannot be saved, or a process not be started.</exception>
    public int CarryOut(Seams seams, StopSignals signals)
    {
        RefuseSave();
        int? columns = TerminalSize.IsTerminal(Output.StandardError) ? TerminalSize.Of(Output.StandardError).Columns : null;
        var run = new BenchRun(Plan, seams, new BenchProgress(seams.Error, columns), WithAgent);
        run.Run(signals);
        var found = new BenchFile(BenchMachine.Here(seams, Plan), run.Rows());
        Show(found, seams);
        Comment(run, found, seams.Error);
        if (!run.IsComplete)
        {
            return ExitStatus.Failed;
        }
        if (Save is not null)
        {
            found.Save(Save);
        }
        return found.Rows.Any(row => row.Rounds > 0) ? ExitStatus.Success : ExitStatus.Failed;
    }

    private void Show(BenchFile found, Seams seams)
    {
        if (found.Rows.Count > 0)
        {
            var table = new BenchTable(found, Earlier, Format == OutputFormat.Wide, Styles.For(Color, seams.Out.Fd));
            seams.Out.WriteLines(Format == OutputFormat.Json ? found.Lines(Earlier) : table.Render(seams.Out.Size.Columns));
        }
    }

    private void Comment(BenchRun run, BenchFile found, TextWriter error)
    {
        if (run.Neighbours.Count > 0)
        {
            error.WriteLine($"ipcscope: the figures without the agent are not without anything: {string.Join(", ", run.Neighbours)} observed the machine, too (end it and measure again)");
        }
        if (Earlier?.Machine is { } earlier && found.Machine.Differences(earlier) is { Length: > 0 } differences)
        {
            error.WriteLine($"ipcscope: the runs that are compared differ: {differences}");
        }
        if (!run.IsComplete)
        {
            error.WriteLine($"ipcscope: ended before its time: the figures are from {found.Rows.Select(row => row.Rounds).DefaultIfEmpty().Max()} of {Plan.Rounds} rounds{(Save is null ? "" : ", and were not saved")}");
        }
    }

    // Better said before the run than after it.
    private void RefuseSave()
    {
        const int Writable = 2;
        string? place = Save is null || File.Exists(Save) ? Save : Path.GetDirectoryName(Path.GetFullPath(Save));
        if (place is not null && (Directory.Exists(Save) || LibC.access(place, Writable) != 0))
        {
            throw new CommandException(ExitStatus.Failed, $"--save: cannot write {OptionKinds.Quote(Save ?? "")}: {(Directory.Exists(Save) ? "it is a directory" : Directory.Exists(place) || File.Exists(place) ? "not permitted" : "there is no such directory")}");
        }
    }
}
