using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

// The C# mirror of bpf/include/objects.h, where the fields are explained.

/// <summary><c>enum object_mark</c>.</summary>
[Flags]
internal enum ObjectMarks : byte
{
    KernelMount = 1,
    Hugetlb = 2,
    ShmMount = 4,
    Created = 8,
}

/// <summary><c>enum sysv_mark</c>.</summary>
[Flags]
internal enum SysvMarks : byte
{
    CreatorAlive = 1,
    LastAlive = 2,
    Hugetlb = 4,
    UserAlive = 8,
    ReceiverAlive = 16,
}

/// <summary>A path, or its last component (NAME_MAX + 1 bytes).</summary>
[InlineArray(256)]
internal struct ObjectName
{
    private byte _first;
}

/// <summary>The first semaphores of a set.</summary>
[InlineArray(Count)]
internal struct SemaphoreValues
{
    public const int Count = 32;
    private ushort _first;
}

/// <summary>The mirror of <c>struct object_file</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectFile
{
    public ChannelKey Channel;
    public ulong Size;
    public ulong Pages;
    public ulong Blocks;
    public long Time;
    public uint Uid;
    public uint Mode;
    public uint Links;
    public uint Ns;
    public Mechanism Mechanism;
    public ObjectMarks Marks;
    public ChannelKind Kind;
    public byte Pad;
    public uint NameLength;
    public uint Generation;
    public uint Pad2;
    public ObjectName Name;
}

/// <summary>The mirror of <c>struct holder_record</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HolderRecord
{
    public ObjectFile File;
    public ulong Start;
    public ulong Length;
    public ulong Queued;
    public ulong Capacity;
    public ProcessKey Process;
    public uint Mode;
    public uint Pad;
    public Comm Comm;
}

/// <summary>The mirror of <c>struct queue_record</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueueRecord
{
    public ObjectFile File;
    public ulong Messages;
    public ulong MessagesLimit;
    public ulong Bytes;
    public ulong MessageSizeLimit;
}

/// <summary>The mirror of <c>struct sysv_record</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SysvRecord
{
    public ChannelKey Memory;
    public ulong Bytes;
    public ulong BytesLimit;
    public ulong Count;
    public ulong Pages;
    public ulong Blocks;
    public long ChangeTime;
    public long UseTime;
    public long OtherTime;
    public int Id;
    public uint Key;
    public uint Ns;
    public uint Mode;
    public uint Uid;
    public uint Gid;
    public uint CreatorUid;
    public uint Creator;
    public uint User;
    public uint Receiver;
    public uint Waiters;
    public Mechanism Mechanism;
    public SysvMarks Marks;
    public ushort Pad;
    public SemaphoreValues Values;
}

/// <summary>The mirror of <c>struct namespace_cursor</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NamespaceCursor
{
    public uint Kind;
    public uint Next;
}
