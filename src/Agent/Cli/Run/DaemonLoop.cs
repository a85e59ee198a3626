using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary>Keeps a daemon at work until a signal ends it, and gives it new settings on SIGHUP.</summary>
/// <param name="path">The configuration file; null: none.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class DaemonLoop(string? path, Seams seams)
{
    /// <summary>Runs.</summary>
    /// <param name="options">The first settings.</param>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(AgentOptions options)
    {
        using var signals = new StopSignals(hangUpEnds: false);
        using var reload = new SemaphoreSlim(0);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reload.Release();
        });
        Daemon daemon = await Daemon.StartAsync(options, seams);
        try
        {
            while (await WaitAsync(reload, signals.Token))
            {
                daemon.Log.Reloading();
                if (Read(daemon.Log) is { } wanted)
                {
                    (daemon, options) = await ReplaceAsync(daemon, options, wanted);
                }
            }
        }
        finally
        {
            await daemon.DisposeAsync();
        }
        return ExitStatus.Success;
    }

    private static async Task<bool> WaitAsync(SemaphoreSlim reload, CancellationToken stop)
    {
        try
        {
            await reload.WaitAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private AgentOptions? Read(ILogger log)
    {
        try
        {
            AgentOptions options = ConfigFile.Load(path);
            _ = Daemon.Plan(options);
            _ = Daemon.OpenAccess(options);
            Requirements.Check(); // the old programs go before the new ones are loaded
            return options;
        }
        catch (CommandException fault)
        {
            foreach (string message in fault.Messages)
            {
                log.KeepsOldSettings(message);
            }
            return null;
        }
        catch (CaptureException fault)
        {
            log.KeepsOldSettings(fault.Message);
            return null;
        }
    }

    // The old one goes first: both cannot serve at one address.
    private async Task<(Daemon Daemon, AgentOptions Options)> ReplaceAsync(Daemon old, AgentOptions current, AgentOptions wanted)
    {
        await old.DisposeAsync();
        try
        {
            return (await Daemon.StartAsync(wanted, seams), wanted);
        }
        catch (Exception fault) when (fault is CommandException or CaptureException)
        {
            Daemon again = await Daemon.StartAsync(current, seams);
            again.Log.KeepsOldSettings(fault.Message);
            return (again, current);
        }
    }
}
