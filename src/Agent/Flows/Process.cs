using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>A process image that has used a channel.</summary>
public sealed class Process(ProcessKey key, string name, ulong cgroup)
{
    /// <summary>Who it is.</summary>
    public ProcessKey Key { get; } = key;

    /// <summary>The name of its thread-group leader, at most 15 bytes.</summary>
    public string Name { get; } = name;

    /// <summary>Inode number of its cgroup's directory at first sight.</summary>
    public ulong Cgroup { get; } = cgroup;

    /// <summary>The path of its executable, once it was read; empty if it was gone before.</summary>
    public string Executable { get; internal set; } = "";

    /// <summary>When it ended, CLOCK_MONOTONIC nanoseconds; 0 while it runs.</summary>
    public ulong EndedAt { get; internal set; }
}
