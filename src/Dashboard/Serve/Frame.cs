using System.Buffers;

namespace Ipcscope.Dashboard.Serve;

/// <summary>
/// Text that is made once and sent to many. It lies in blocks that are used again when the last one has sent it: arrays of its size would stay with the collector
/// for a long time.
/// </summary>
internal sealed class Frame : IBufferWriter<byte>
{
    private const int BlockBytes = 32 << 10;
    private const int MostKept = 64;
    private static readonly Stack<byte[]> Kept = new();

    private readonly List<(byte[] Block, int Length)> _blocks = [];
    private byte[] _block = [];
    private int _length;
    private int _holders = 1;

    /// <summary>What it has, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>One more sends it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One less.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
        {
            return;
        }
        Close();
        lock (Kept)
        {
            foreach ((byte[] block, _) in _blocks)
            {
                if (Kept.Count < MostKept && block.Length == BlockBytes)
                {
                    Kept.Push(block);
                }
            }
        }
        _blocks.Clear();
    }

    /// <summary>It is complete; to be called before it is sent.</summary>
    public Frame Seal()
    {
        Close();
        return this;
    }

    /// <summary>Sends it.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        foreach ((byte[] block, int length) in _blocks)
        {
            await stream.WriteAsync(block.AsMemory(0, length), cancellation);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _length += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _block.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _block.AsSpan(_length);
    }

    private void Reserve(int bytes)
    {
        bytes = Math.Max(bytes, 1);
        if (_block.Length - _length >= bytes)
        {
            return;
        }
        Close();
        lock (Kept)
        {
            _block = bytes > BlockBytes ? new byte[bytes] : Kept.TryPop(out byte[]? kept) ? kept : new byte[BlockBytes];
        }
        _length = 0;
    }

    // The block in hand is one of the others now.
    private void Close()
    {
        if (_length > 0)
        {
            _blocks.Add((_block, _length));
        }
        (_block, _length) = ([], 0);
    }
}
