namespace Ipcscope.Cli;

/// <summary>What the process ends with (shared/design/interface.md, Manners). A traced command's own status takes its place.</summary>
internal static class ExitStatus
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed while running.</summary>
    public const int Failed = 1;

    /// <summary>Asked for in a way that makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>This kernel lacks what is needed.</summary>
    public const int KernelLacks = 3;

    /// <summary>Not permitted.</summary>
    public const int NotPermitted = 4;

    /// <summary>Something was found that <c>check --fail-on</c> names.</summary>
    public const int Found = 5;

    /// <summary>A command that cannot be executed, as shells say it.</summary>
    public const int NotExecutable = 126;

    /// <summary>A command that does not exist, as shells say it.</summary>
    public const int NotFound = 127;

    /// <summary>Added to the number of the signal that ended a process, as shells say it.</summary>
    public const int Signalled = 128;

    /// <summary>Ended at once by a second Ctrl-C: 128 + SIGINT.</summary>
    public const int Interrupted = Signalled + 2;
}
