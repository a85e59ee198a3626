namespace Ipcscope.Cli;

/// <summary>The file behind -w.</summary>
internal static class TraceFile
{
    /// <summary>Creates or empties it; null if none is named.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static FileStream? Open(string? path)
    {
        try
        {
            return path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a directory" : fault.Message.TrimEnd('.');
            throw new CommandException(ExitStatus.Failed, $"cannot write {OptionKinds.Quote(path ?? "")}: {why}");
        }
    }
}
