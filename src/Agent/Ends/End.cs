using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>How well something is known. The words shown are <c>exact</c>, <c>observed</c> and <c>hint</c>.</summary>
public enum Certainty : byte
{
    /// <summary>The kernel says so now.</summary>
    Exact,
    /// <summary>It used the channel, as traffic showed or the kernel remembers, and nothing is known to hold it there now.</summary>
    Observed,
    /// <summary>Only credentials or addresses say so: who made a connection need not be who holds it.</summary>
    Hint,
}

/// <summary>What a process can do with a channel.</summary>
[Flags]
public enum Access : byte
{
    /// <summary>Neither.</summary>
    None = 0,
    /// <summary>Take out of it.</summary>
    Read = 1,
    /// <summary>Put into it.</summary>
    Write = 2,
    /// <summary>By the master side of a pseudo-terminal: what it writes, the slave's side reads.</summary>
    Master = 4,
}

/// <summary>A process at one end of a channel.</summary>
/// <param name="Process">Who; all zero: the kernel.</param>
/// <param name="Name">Name of its thread-group leader.</param>
/// <param name="Access">What it can do with the channel, or was seen to do.</param>
/// <param name="Certainty">How well that is known.</param>
public readonly record struct End(ProcessKey Process, string Name, Access Access, Certainty Certainty)
{
    /// <summary>The kernel itself, of netlink sockets.</summary>
    public static End Kernel { get; } = new(default, "kernel", Access.Read | Access.Write, Certainty.Exact);

    /// <summary>Whether it is the kernel.</summary>
    public bool IsKernel => Process.Pid == 0;
}
