using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>Says on standard error what went wrong, in one line, and knows the exit status for it. Never a stack trace, unless -v asks for one.</summary>
/// <param name="error">Standard error.</param>
/// <param name="styles">Its colours.</param>
/// <param name="verbose">-v.</param>
internal sealed class ErrorLine(TextWriter error, Styles styles, bool verbose)
{
    /// <summary>Writes <c>ipcscope: message</c>.</summary>
    public void Write(string message) => error.WriteLine($"{styles.Paint(styles.Error, "ipcscope:")} {OneLine(message)}");

    /// <summary>Says what an exception means to people.</summary>
    /// <returns>The status to end with.</returns>
    public int Report(Exception exception)
    {
        switch (exception)
        {
            case OutputClosedException:
                return ExitStatus.Success;
            case CommandException command:
                foreach (string message in command.Messages)
                {
                    Write(message);
                }
                return command.ExitStatus;
            case CaptureException capture:
                Write(capture.Message);
                Detail(capture.InnerException);
                return capture.ExitStatus;
            default:
                Write($"this is a defect: {exception.GetType().Name}: {exception.Message} "
                    + (verbose ? "(please report it with all of this and what 'ipcscope version' prints)"
                        : "(please report it with the command line and what 'ipcscope version' prints; -v shows where it happened)"));
                Detail(exception);
                return ExitStatus.Failed;
        }
    }

    private void Detail(Exception? exception)
    {
        if (verbose && exception is not null)
        {
            error.WriteLine(exception);
        }
    }

    private static string OneLine(string message) => DisplayText.Clean(message.ReplaceLineEndings(" "));
}
