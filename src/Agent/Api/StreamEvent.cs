using System.Collections.Concurrent;

namespace Ipcscope.Api;

/// <summary>An event that was made once for all viewers of a feed. When all have written it, the memory of its text serves for another one.</summary>
/// <param name="pool">Where that comes from, and goes to.</param>
/// <param name="plain">As it stands on the wire; empty: nobody takes it so.</param>
/// <param name="packed">Compressed; null: nobody takes it so.</param>
/// <param name="viewers">How many write it.</param>
internal sealed class StreamEvent(ConcurrentBag<byte[]> pool, ArraySegment<byte> plain, PackedEvent? packed, int viewers)
{
    private const int MostKept = 4;

    private int _left = viewers;

    /// <summary>As it stands on the wire; empty: nobody takes it so.</summary>
    public ReadOnlyMemory<byte> Plain => plain;

    /// <summary>Compressed; null: nobody takes it so.</summary>
    public PackedEvent? Packed => packed;

    /// <summary>A viewer has written it, and does not look at it again.</summary>
    public void Wrote()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            Give(plain.Array);
        }
    }

    /// <summary>Memory for an event.</summary>
    public static byte[] Take(ConcurrentBag<byte[]> pool, int length) =>
        pool.TryTake(out byte[]? kept) && kept.Length >= length ? kept : new byte[length + (length / 4)];

    private void Give(byte[]? memory)
    {
        if (memory is { Length: > 0 } && pool.Count < MostKept)
        {
            pool.Add(memory);
        }
    }
}
