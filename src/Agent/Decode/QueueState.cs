using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>What the items of a queue are, <c>enum queue_unit</c> of the contract.</summary>
public enum QueueUnit : byte
{
    /// <summary>It has none, bytes only.</summary>
    None,
    /// <summary>Buffers of a pipe: each holds up to a page.</summary>
    Buffers,
    /// <summary>Datagrams, records, messages; buffers of a unix stream.</summary>
    Messages,
    /// <summary>Connections that nobody has accepted yet.</summary>
    Connections,
}

/// <summary>How much there is of what may be.</summary>
/// <param name="Used">Now; -1: does not apply.</param>
/// <param name="Limit">The most; -1: none.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct QueueLevel(long Used, long Limit)
{
    /// <summary>Does not apply.</summary>
    public static QueueLevel None { get; } = new(-1, -1);

    /// <summary>Whether it applies.</summary>
    public bool IsKnown => Used >= 0;

    /// <summary>At its limit, or over it.</summary>
    public bool IsFull => Limit > 0 && Used >= Limit;
}

/// <summary>What waits in a channel now.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct QueueState : IEquatable<QueueState>
{
    /// <summary>In <see cref="Unit"/>; of unix datagrams and connections, one more than its limit fits.</summary>
    public QueueLevel Items;
    /// <summary>Bytes that can be read.</summary>
    public QueueLevel Bytes;
    /// <summary>Socket: bytes of kernel memory that its receive queue takes, overhead included.</summary>
    public QueueLevel Memory;
    /// <summary>Socket: the same of what it has sent, and nobody has read (tcp: acknowledged) yet.</summary>
    public QueueLevel Sent;
    /// <summary>What <see cref="Items"/> are.</summary>
    public QueueUnit Unit;

    /// <summary>Nothing is known of it.</summary>
    public static QueueState Unknown => new() { Items = QueueLevel.None, Bytes = QueueLevel.None, Memory = QueueLevel.None, Sent = QueueLevel.None };

    /// <summary>Whether what is read from it has reached a limit: whoever writes waits.</summary>
    public readonly bool IsFull => Items.IsFull || Bytes.IsFull || Memory.IsFull;

    /// <inheritdoc/>
    public readonly bool Equals(QueueState other) =>
        (Items, Bytes, Memory, Sent, Unit) == (other.Items, other.Bytes, other.Memory, other.Sent, other.Unit);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is QueueState other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Items, Bytes, Memory, Sent, Unit);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(QueueState left, QueueState right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(QueueState left, QueueState right) => !left.Equals(right);
}
