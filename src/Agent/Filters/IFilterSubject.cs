using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Filters;

/// <summary>
/// What a filter is asked about. A filter reads only the members that it names, so costly ones may be made when they are read. What the subject's scope does
/// not have is 0 or empty, and is never read.
/// </summary>
public interface IFilterSubject
{
    /// <summary>Thread-group id.</summary>
    uint Pid { get; }

    /// <summary>The thread that made the call.</summary>
    uint Tid { get; }

    /// <summary>The name of the thread-group leader.</summary>
    string Process { get; }

    /// <summary>The path of the executable; empty if it is not known.</summary>
    string Executable { get; }

    /// <summary>The mechanism.</summary>
    Mechanism Mechanism { get; }

    /// <summary>The operation.</summary>
    Operation Operation { get; }

    /// <summary>How it was asked for.</summary>
    Via Via { get; }

    /// <summary>The detail's place in <see cref="Details.Words"/>.</summary>
    int Detail { get; }

    /// <summary>The name of the channel.</summary>
    string Channel { get; }

    /// <summary>The other side as far as the kernel names it; else empty.</summary>
    string Peer { get; }

    /// <summary>Bytes handled; 0 if the call failed.</summary>
    ulong Size { get; }

    /// <summary>How long the call took, nanoseconds; 0 if it is not known.</summary>
    ulong DurationNs { get; }

    /// <summary>How long it slept, nanoseconds; 0 if it did not.</summary>
    ulong WaitNs { get; }

    /// <summary>The error number, 1 to 4095; 0 if the call did not fail.</summary>
    int Error { get; }

    /// <summary>Inode number of the cgroup's directory.</summary>
    ulong Cgroup { get; }

    /// <summary>Where that is, in words.</summary>
    Place Place { get; }
}
