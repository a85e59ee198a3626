using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>What is to be known of a call in progress, <c>enum call_mark</c>.</summary>
[Flags]
internal enum CallMarks : byte
{
    None = 0,
    Asleep = 1,
    Stopped = 2,
    Before = 4,
}

/// <summary>The mirror of <c>struct call_record</c>: a thread inside a call, and one of the channels of that call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CallRecord
{
    public FlowKey Flow;
    public ulong Begin;
    public ulong Word;
    public ulong Limit;
    public uint Tid;
    public uint Expected;
    public uint Command;
    public uint Changer;
    public uint Semaphore;
    public ushort Nr;
    public byte Abi;
    public CallMarks Marks;
    public Comm Comm;
    public ChannelInfo Info;
}
