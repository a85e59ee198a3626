namespace Ipcscope.Enrich;

/// <summary>Which file a process runs, /proc/PID/exe (proc(5)).</summary>
internal static class Executables
{
    /// <summary>The path; empty if the process is gone or may not be looked at.</summary>
    internal static string Read(uint pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
