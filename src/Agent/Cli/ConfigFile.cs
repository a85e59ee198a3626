using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary>The configuration as commands take it.</summary>
internal static class ConfigFile
{
    /// <summary>Reads a file, the environment over it.</summary>
    /// <param name="path">The file; null: none.</param>
    /// <exception cref="CommandException">Anything is wrong with it: all of it, a line each.</exception>
    public static AgentOptions Load(string? path)
    {
        ConfigResult<AgentOptions> result = ConfigLoader.Load<AgentOptions>(path);
        return result.Options
            ?? throw new CommandException(ExitStatus.Usage, [.. result.Faults.Select(fault => fault.ToString())]);
    }
}
