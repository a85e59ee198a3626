namespace Ipcscope.Capture;

/// <summary>Where the programs that see system calls are.</summary>
public enum Attachment
{
    /// <summary>At the tracepoints of system calls, of the kind that loses none on the running kernel.</summary>
    Tracepoints,

    /// <summary>
    /// Around the functions that perform them (fentry and fexit): calls then do not take the slower way of traced ones. A kernel that
    /// preempts itself skips runs of such programs.
    /// </summary>
    Functions,
}
