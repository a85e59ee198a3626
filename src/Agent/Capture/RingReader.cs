using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>Takes one record where it lies; the span is valid during the call only.</summary>
internal delegate void RecordHandler(ReadOnlySpan<byte> record);

/// <summary>
/// Reads a BPF ring buffer over its mapping. Layout and order of accesses: kernel/bpf/ringbuf.c. One page with the
/// consumer's position, one with the producer's, then the data mapped twice, so that no record wraps.
/// </summary>
internal sealed unsafe class RingReader : IDisposable
{
    private const uint Busy = 1u << 31;    // BPF_RINGBUF_BUSY_BIT
    private const uint Discard = 1u << 30; // BPF_RINGBUF_DISCARD_BIT
    private const uint HeaderSize = 8;     // BPF_RINGBUF_HDR_SZ

    private readonly MappedMemory _consumer;
    private readonly MappedMemory _producer;
    private readonly byte* _data;
    private readonly ulong _mask;
    private readonly ulong _batch; // writing the position for every record would bounce its cache line

    internal RingReader(int fd, int size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        _consumer = MappedMemory.Map(fd, page, 0, writable: true);
        _producer = MappedMemory.Map(fd, page + (2 * (nuint)size), (nint)page, writable: false);
        _data = _producer.Start + page;
        _mask = (ulong)size - 1;
        _batch = (ulong)size / 16;
    }

    /// <summary>Records handed out since the start.</summary>
    internal long Records { get; private set; }

    /// <summary>How often a record reached beyond what was written. What was written is passed over then: where the next one begins is not known.</summary>
    internal ulong Damages { get; private set; }

    /// <summary>Hands out what is complete. Stops at a record that its writer still fills.</summary>
    internal void Drain(RecordHandler handler)
    {
        ref ulong consumed = ref *(ulong*)_consumer.Start;
        ulong position = consumed;
        ulong produced = Volatile.Read(ref *(ulong*)_producer.Start);
        while (position < produced)
        {
            byte* header = _data + (position & _mask);
            uint length = Volatile.Read(ref *(uint*)header);
            if ((length & Busy) != 0)
            {
                break;
            }
            uint size = length & ~(Busy | Discard);
            if (size + (ulong)HeaderSize > produced - position)
            {
                Damages++;
                position = produced;
                break;
            }
            if ((length & Discard) == 0)
            {
                handler(new ReadOnlySpan<byte>(header + HeaderSize, (int)size));
                Records++;
            }
            position += (size + HeaderSize + 7UL) & ~7UL;
            if (position - consumed > _batch)
            {
                Volatile.Write(ref consumed, position);
            }
        }
        Volatile.Write(ref consumed, position);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _producer.Dispose();
        _consumer.Dispose();
    }
}
