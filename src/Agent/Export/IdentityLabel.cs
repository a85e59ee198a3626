namespace Ipcscope.Export;

/// <summary>What tells one process from another on the metrics page.</summary>
public enum IdentityLabel
{
    /// <summary>The name of the thread-group leader, at most 15 bytes.</summary>
    Process,
    /// <summary>The thread-group id in the first pid namespace.</summary>
    Pid,
    /// <summary>The path of the executable; empty while unknown.</summary>
    Executable,
    /// <summary>The cgroup, as <see cref="IpcMetricsOptions.CgroupName"/> calls it.</summary>
    Cgroup,
}
