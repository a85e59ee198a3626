namespace Ipcscope.Cli;

/// <summary>Looks for another daemon on this machine.</summary>
internal static class OtherAgent
{
    /// <summary><c> by 'ipcscope run', process 4312</c>; empty if there is none.</summary>
    public static string Describe()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out int pid) && pid != Environment.ProcessId && IsDaemon(directory))
            {
                return $" by 'ipcscope run', process {pid}";
            }
        }
        return "";
    }

    private static bool IsDaemon(string directory)
    {
        try
        {
            string[] arguments = File.ReadAllText($"{directory}/cmdline").Split('\0');
            return arguments.Length > 1 && Path.GetFileName(arguments[0]) == "ipcscope" && arguments.Contains("run");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // it has just ended, or is somebody else's
        }
    }
}
