namespace Ipcscope.Cli;

/// <summary>Finds the file of a command as a shell does.</summary>
internal static class CommandPath
{
    /// <summary>X_OK, unistd.h.</summary>
    private const int MayExecute = 1;

    /// <summary>A name with a slash is a path; any other is looked up in the directories of <paramref name="searchPath"/>.</summary>
    /// <exception cref="CommandException">126 or 127: there is no such file, or it cannot be executed.</exception>
    public static string Find(string name, string searchPath)
    {
        bool isPath = name.Contains('/', StringComparison.Ordinal);
        string[] candidates = isPath ? [name] : [.. searchPath.Split(':').Select(directory => Path.Combine(directory.Length > 0 ? directory : ".", name))];
        string? refused = null;
        foreach (string candidate in candidates)
        {
            if (File.Exists(candidate))
            {
                if (LibC.access(candidate, MayExecute) == 0)
                {
                    return candidate;
                }
                refused ??= candidate;
            }
        }
        if (refused is not null || (isPath && Directory.Exists(name)))
        {
            throw new CommandException(ExitStatus.NotExecutable, $"cannot run {refused ?? name}: it is no executable file (chmod +x makes a script one)");
        }
        throw new CommandException(
            ExitStatus.NotFound,
            isPath ? $"cannot run {name}: there is no such file" : $"cannot run {name}: no directory of PATH has it (sudo may have changed PATH: try a full path)");
    }
}
