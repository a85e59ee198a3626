using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Flows;

/// <summary>A process image that has used a channel.</summary>
public sealed class Process(ProcessKey key, string name, ulong cgroup)
{
    /// <summary>Who it is.</summary>
    public ProcessKey Key { get; } = key;

    /// <summary>The name of its thread-group leader, at most 15 bytes.</summary>
    public string Name { get; } = name;

    /// <summary>Inode number of its cgroup's directory; one that moves to another is another one from then on. 0: not known.</summary>
    public ulong Cgroup { get; } = cgroup;

    /// <summary>What is known of that cgroup.</summary>
    internal Cgroup Where
    {
        get => field ??= Cgroups.Of(Cgroup, Key.Pid);
        init;
    }

    /// <summary>The path of its executable, once it was read; empty if it was gone before.</summary>
    public string Executable { get; internal set; } = "";

    /// <summary>When it ended, CLOCK_MONOTONIC nanoseconds; 0 while it runs.</summary>
    public ulong EndedAt { get; internal set; }
}
