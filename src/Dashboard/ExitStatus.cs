namespace Ipcscope.Dashboard;

/// <summary>What the process ends with, as the agent's.</summary>
internal static class ExitStatus
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed while running.</summary>
    public const int Failed = 1;

    /// <summary>Asked for in a way that makes no sense.</summary>
    public const int Usage = 2;
}
