namespace Ipcscope.Cli;

/// <summary>A command that cannot do what it was asked for. The message says what, why and what to do, in one line.</summary>
/// <param name="exitStatus">One of <see cref="ExitStatus"/>.</param>
/// <param name="message">Without the program's name in front.</param>
internal sealed class CommandException(int exitStatus, string message) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitStatus { get; } = exitStatus;
}
