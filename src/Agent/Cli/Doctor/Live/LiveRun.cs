using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary><c>doctor --live</c>: the ledger of the agent that runs here.</summary>
/// <param name="address">Where it serves.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class LiveRun(ListenAddress address, Seams seams)
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
            ? $"ipcscope at {address}: seen = counted + lost at every stage"
            : $"ipcscope at {address}: something was lost without a cause at {string.Join(", ", wrong.Select(stage => stage.Stage))} (please report it)");
        return wrong.Length == 0 ? ExitStatus.Success : ExitStatus.Failed;
    }

    private LedgerLook Look()
    {
        try
        {
            LedgerLook look = new(AgentPage.Fetch(address));
            return look.IsThere
                ? look
                : throw new CommandException(ExitStatus.Failed, $"what answers at {address} has no ledger: it is no ipcscope, or an older one (see --address)");
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException(
                ExitStatus.Failed, $"no agent answers at {address}: {fault.Message.TrimEnd('.')} (start one with sudo ipcscope run, or say where it is with --address or --config)");
        }
    }
}
