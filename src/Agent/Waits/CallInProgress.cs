using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>What a thread that is inside a call does there.</summary>
public enum CallState
{
    /// <summary>It runs, or is about to.</summary>
    Running,
    /// <summary>It sleeps.</summary>
    Asleep,
    /// <summary>A signal or a tracer has stopped it; it goes on with the call after that.</summary>
    Stopped,
}

/// <summary>A thread that was inside a call when it was looked at, and one of the channels of that call.</summary>
public sealed record CallInProgress
{
    /// <summary>Who does what to which channel.</summary>
    public required FlowKey Flow { get; init; }

    /// <summary>The thread, in the first pid namespace.</summary>
    public required uint Tid { get; init; }

    /// <summary>The name of the process.</summary>
    public required string Name { get; init; }

    /// <summary>Inode number of the cgroup's directory.</summary>
    public ulong Cgroup => Flow.Cgroup;

    /// <summary>What people call the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>What the kernel knows of the channel.</summary>
    public required ChannelInfo Info { get; init; }

    /// <summary>When it began, nanoseconds of CLOCK_MONOTONIC; if <see cref="IsFromBefore"/>, no later than this: when its sleep began, or observing did.</summary>
    public required ulong Begin { get; init; }

    /// <summary>How long it has lasted, nanoseconds; if <see cref="IsFromBefore"/>, at least.</summary>
    public required ulong Age { get; init; }

    /// <summary>Whether it began before observing did.</summary>
    public bool IsFromBefore { get; init; }

    /// <summary>Whether it ends by itself when a time has passed.</summary>
    public bool HasTimeLimit { get; init; }

    /// <summary>What the thread does.</summary>
    public CallState State { get; init; }

    /// <summary>The system call's name.</summary>
    public string Call { get; init; } = "";

    /// <summary>Whether the thread polls the channel, maybe among others: it may go on by any of them.</summary>
    public bool IsPoll { get; init; }

    /// <summary>Of the opening of a FIFO: for writing, until somebody opens it for reading; else the other way round.</summary>
    public bool OpensToWrite { get; init; }

    /// <summary>What the futex is; null: it is none.</summary>
    public FutexWord? Futex { get; init; }

    /// <summary>The number of the System V semaphore that is waited for, in its set; null: not known, or none.</summary>
    public uint? Semaphore { get; init; }

    /// <summary>Pid of who changed that semaphore last; 0: not known.</summary>
    public uint Changer { get; init; }

    /// <summary>The process's pid.</summary>
    public uint Pid => Flow.Process.Pid;

    /// <summary>What it waits for; <see cref="WaitReason.None"/> while it does not sleep.</summary>
    public WaitReason Reason => State == CallState.Running ? WaitReason.None
        : Flow.Operation == Operation.Open ? OpensToWrite ? WaitReason.Full : WaitReason.Empty
        : WaitReasons.Reason(Flow.Mechanism, Flow.Operation);

    /// <summary>What tells this call from all others, those before and after it by the same thread included.</summary>
    public (ProcessKey Process, uint Tid, ulong Begin, ChannelKey Channel) Identity => (Flow.Process, Tid, IsFromBefore ? 0 : Begin, Flow.Channel);

    /// <summary><c>name[pid]</c>.</summary>
    public string Label => $"{Name}[{Pid}]";
}

/// <summary>A futex word that a call waits on.</summary>
/// <param name="Address">Where it is in the caller's memory.</param>
/// <param name="Expected">What it had to be for the call to wait.</param>
/// <param name="Command">FUTEX_*, without flags.</param>
public sealed record FutexWord(ulong Address, uint Expected, uint Command);
