using Ipcscope.Config;
using Ipcscope.Enrich;
using Ipcscope.Names;

namespace Ipcscope.Cli;

/// <summary>The names of containers and pods for a command: asked of whom the settings name, or of the API server where the command runs in a pod that may ask it.</summary>
internal sealed class CommandNames : IDisposable
{
    /// <summary>Who does not answer by then is not waited for: names come later, or ids stand for them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly NameLoop? _loop;

    private CommandNames(NameLoop? loop, Seams seams) => (_loop, Seams) = (loop, seams);

    /// <summary>The rest of the agent, where places have names.</summary>
    public Seams Seams { get; }

    /// <summary>Asks.</summary>
    /// <param name="config">The file behind --config; null: the environment alone.</param>
    /// <param name="seams">The rest of the agent.</param>
    /// <exception cref="CommandException">The file cannot be understood.</exception>
    public static CommandNames Open(string? config, Seams seams)
    {
        // Of the environment alone only that is asked: what else is wrong with it is no reason to show nothing.
        KubernetesOptions options = config is null ? ConfigLoader.Load<AgentOptions>(null).Options?.Kubernetes ?? new() : ConfigFile.Load(config).Kubernetes;
        var pods = new PodTable(seams.Time);
        var log = new ErrorLog(seams.Error);
        if (NameSource.Begin(options, pods, seams.Time, log) is not { } loop)
        {
            return new CommandNames(null, seams);
        }
        _ = Progress.Show(seams.Error, "asking for names of containers", () => loop.Answered.Wait(Patience));
        log.IsSilent = true; // what shows tables has the terminal from now on
        return new CommandNames(loop, seams with { Places = new Places(pods, options.Node) });
    }

    /// <inheritdoc/>
    public void Dispose() => _loop?.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
