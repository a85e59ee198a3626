namespace Ipcscope.Cli;

/// <summary><c>doctor --live</c>: the ledger of the agent that runs here.</summary>
/// <param name="agent">Where it serves.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class LiveRun(AgentPort agent, Seams seams)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Looks twice, and tells.</summary>
    /// <param name="json">Objects instead of a table.</param>
    /// <param name="styles">Colours.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="CommandException">There is no agent, or it has no ledger.</exception>
    public int Run(bool json, Styles styles)
    {
        LedgerLook first = Look();
        long looked = seams.Time.GetTimestamp();
        Thread.Sleep(Interval);
        LedgerLook second = Look();
        IReadOnlyList<LedgerStage> stages = LedgerStage.Compare(first, second, seams.Time.GetElapsedTime(looked).TotalSeconds, Environment.ProcessorCount);
        seams.Out.WriteLines(json ? stages.Select(LedgerReport.Object) : LedgerReport.Lines(stages, seams.Out.Size.Columns, styles));
        LedgerStage[] wrong = [.. stages.Where(stage => stage.Unexplained != 0)];
        seams.Error.WriteLine(wrong.Length == 0
            ? $"ipcscope at {agent}: seen = counted + lost at every stage"
            : $"ipcscope at {agent}: something was lost without a cause at {string.Join(", ", wrong.Select(stage => stage.Stage))} (please report it)");
        return wrong.Length == 0 ? ExitStatus.Success : ExitStatus.Failed;
    }

    private LedgerLook Look()
    {
        try
        {
            LedgerLook look = new(agent.Fetch());
            return look.IsThere
                ? look
                : throw new CommandException(ExitStatus.Failed, $"what answers at {agent} has no ledger: it is no ipcscope, or an older one (see --address)");
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException(
                ExitStatus.Failed, $"no agent answers at {agent}: {fault.Message.TrimEnd('.')} (start one with sudo ipcscope run, or say where it is, and what it wants, with --address, --token-file, --ca or --config)");
        }
    }
}
