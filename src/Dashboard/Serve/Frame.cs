using System.Buffers;
using System.IO.Pipelines;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>A text that is made once and sent to many. Items are in it as they are held: they are not copied, so that many who look cost no memory.</summary>
internal sealed class Frame : IBufferWriter<byte>
{
    private const int BlockBytes = 4 << 10;
    private const int FlushBytes = 32 << 10;

    private readonly List<(byte[] Text, int Length, Item[] Items)> _parts = [];
    private byte[] _block = [];
    private int _length;

    /// <summary>What it has, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Puts items into it, with commas between.</summary>
    public void Add(Item[] items)
    {
        Close();
        _parts.Add(([], 0, items));
        Length += items.Sum(static item => (long)item.Length) + Math.Max(0, items.Length - 1);
    }

    /// <summary>It is complete; to be called before it is sent.</summary>
    public Frame Seal()
    {
        Close();
        return this;
    }

    /// <summary>Sends it.</summary>
    public async Task WriteToAsync(PipeWriter output, CancellationToken cancellation)
    {
        foreach ((byte[] text, int length, Item[] items) in _parts)
        {
            output.Write(text.AsSpan(0, length));
            for (int i = 0; i < items.Length; i++)
            {
                output.Write(i == 0 ? ""u8 : ","u8);
                items[i].WriteTo(output);
                if (output.UnflushedBytes >= FlushBytes)
                {
                    await output.FlushAsync(cancellation);
                }
            }
        }
        await output.FlushAsync(cancellation);
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
        _block = new byte[Math.Max(bytes, BlockBytes)];
    }

    // The block in hand is one of the others now.
    private void Close()
    {
        if (_length > 0)
        {
            _parts.Add((_block, _length, []));
        }
        (_block, _length) = ([], 0);
    }
}
