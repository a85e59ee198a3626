using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>The mirror of <c>struct descriptor_record</c>: one descriptor of a channel, as the snapshot writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DescriptorRecord
{
    public ChannelKey Channel;
    public uint Pid;
    public uint Fd;
    public uint Mode;
    public Comm Comm;
    public uint Pad;
    public long Queued;
    public long Capacity;
    public ChannelInfo Info;
}

/// <summary>The mirror of <c>struct flow_reference</c>, the value of the map <c>flows</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FlowReference(ulong Id, uint Slot, uint Pad);
