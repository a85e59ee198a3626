using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>The mirror of <c>struct queue_key</c>: data on its way in one direction.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct QueueKey(ulong Object, uint Device, uint Detail);

/// <summary>The mirror of <c>struct queue_mark</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueueMark
{
    public ulong Begin;
    public ulong Time;
    public ulong Excess;
    public ulong Asked;
}

/// <summary>QUEUE_MARKS of them.</summary>
[InlineArray(32)]
internal struct QueueMarks
{
    private QueueMark _first;
}

/// <summary>What a queue carries, <c>enum queue_role</c>.</summary>
internal enum QueueRole : byte
{
    OneWay,
    Requests,
    Answers,
}

/// <summary>The mirror of <c>struct queue_slot</c>. Units are bytes of streams, messages of anything else.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueueSlot
{
    public ulong Id;
    public ulong Number;
    public QueueKey Key;
    public ChannelKey Writer;
    public ChannelKey Reader;
    public Mechanism Mechanism;
    public byte Messages;
    public QueueRole Role;
    public byte Ready;
    public uint Source;
    public ulong SourceId;
    public uint Sequence;
    public uint Pad;
    public ulong ReaderFlow;
    public ulong Written;
    public ulong Marked;
    public ulong Head;
    public ulong LastWritten;
    public ulong HighWater;
    public ulong Read;
    public ulong Booked;
    public ulong Tail;
    public ulong LastRead;
    public ulong LastTime;
    public ulong Unanswered;
    public ulong Ahead;
    public ulong AheadSince;
    public ulong AheadSum;
    public ulong Remainder;
    public ulong Mixed;
    public QueueMarks Marks;
}
