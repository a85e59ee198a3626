using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>DESCRIPTOR_* of the contract.</summary>
[Flags]
internal enum DescriptorMarks : uint
{
    None = 0,
    Listening = 1,
    Master = 2,
    Connected = 4,
    Connects = 8,
}

/// <summary>The mirror of <c>struct descriptor_record</c>: one descriptor of a channel, as the snapshot writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DescriptorRecord
{
    public ChannelKey Channel;
    public ChannelKey Peer;
    public ProcessKey Process;
    public ulong Cgroup;
    public ulong Bound;
    public ulong PeerBound;
    public uint Fd;
    public uint Mode;
    public uint Credential;
    public DescriptorMarks Marks;
    public Comm Comm;
    public QueueState Queue;
    public ChannelInfo Info;
}

/// <summary>The mirror of <c>struct task_record</c>: a process, as the snapshot writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TaskRecord
{
    public ProcessKey Process;
    public ulong Cgroup;
    public Comm Comm;
}

/// <summary>The mirror of <c>struct flow_reference</c>, the value of the map <c>flows</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FlowReference(ulong Id, uint Slot, uint Pad);
