namespace Ipcscope.Capture;

/// <summary>A capture that cannot start. The message says what, why and what to do.</summary>
/// <param name="exitStatus">3: this kernel lacks what is needed; 4: not permitted; 1: anything else.</param>
/// <param name="message">One line for people.</param>
/// <param name="cause">What was refused, with all that the kernel said.</param>
public sealed class CaptureException(int exitStatus, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The status that the command ends with.</summary>
    public int ExitStatus { get; } = exitStatus;
}
