namespace Ipcscope.Cli;

/// <summary>A command that cannot do what it was asked for. The message says what, why and what to do.</summary>
/// <param name="exitStatus">One of <see cref="ExitStatus"/>.</param>
/// <param name="messages">Without the program's name in front; a line each, if there are many faults.</param>
internal sealed class CommandException(int exitStatus, params IReadOnlyList<string> messages) : Exception(string.Join("; ", messages))
{
    /// <summary>What the process ends with.</summary>
    public int ExitStatus { get; } = exitStatus;

    /// <summary>What went wrong, a line each.</summary>
    public IReadOnlyList<string> Messages { get; } = messages;
}
