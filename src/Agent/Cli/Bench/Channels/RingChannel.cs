namespace Ipcscope.Cli.Bench;

/// <summary>
/// Messages in slots of shared memory, a ring a direction. Each side counts in a word that the other waits for by futex(2) when there is nothing
/// to take or no room, and wakes the other only if it waits.
/// </summary>
internal unsafe class RingChannel : IBenchChannel
{
    /// <summary>The size of the memory.</summary>
    public const int Size = 2 * RingSize;

    /// <summary>Slots of a ring: two of the largest messages.</summary>
    protected const int SlotsSize = 2 << 20;

    private const int RingSize = BenchMemory.Page + SlotsSize;
    private const int MaximumSlots = 256;

    private readonly Ring _outgoing;
    private readonly Ring _incoming;
    private int _slots;

    /// <summary>Uses memory that is mapped in both processes.</summary>
    public RingChannel(byte* memory, bool isFirst)
    {
        _outgoing = new Ring(memory + (isFirst ? 0 : RingSize));
        _incoming = new Ring(memory + (isFirst ? RingSize : 0));
    }

    /// <summary>Words of the ring that is written here, for what the reader must know; they are 0 at first.</summary>
    protected long* OutgoingFacts => _outgoing.Facts;

    /// <summary>The same of the ring that is read here.</summary>
    protected long* IncomingFacts => _incoming.Facts;

    /// <inheritdoc/>
    public void Begin(int size, bool streaming) => _slots = Math.Min(SlotsSize / size, MaximumSlots);

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        // The writer alone changes Written, the reader alone Taken; both wrap around.
        uint written = *_outgoing.Written;
        for (uint taken; written - (taken = Volatile.Read(ref *_outgoing.Taken)) >= _slots;)
        {
            Futex.WaitMarked(_outgoing.Taken, taken, _outgoing.WriterWaits);
        }
        Put(_outgoing.Slots, (int)(written % _slots) * size, message, size);
        Futex.Advance(_outgoing.Written, _outgoing.ReaderWaits);
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        uint taken = *_incoming.Taken;
        while (Volatile.Read(ref *_incoming.Written) == taken)
        {
            Futex.WaitMarked(_incoming.Written, taken, _incoming.ReaderWaits);
        }
        Take(_incoming.Slots, (int)(taken % _slots) * size, message, size);
        Futex.Advance(_incoming.Taken, _incoming.WriterWaits);
    }

    /// <summary>Copies a message into its slot.</summary>
    protected virtual void Put(byte* slots, int offset, byte* message, int size) => Buffer.MemoryCopy(message, slots + offset, size, size);

    /// <summary>Copies a message out of its slot.</summary>
    protected virtual void Take(byte* slots, int offset, byte* message, int size) => Buffer.MemoryCopy(slots + offset, message, size, size);

    // Words that different sides write lie in different cache lines.
    private readonly struct Ring(byte* start)
    {
        public readonly uint* Written = (uint*)start;
        public readonly uint* Taken = (uint*)(start + 128);
        public readonly uint* ReaderWaits = (uint*)(start + 256);
        public readonly uint* WriterWaits = (uint*)(start + 384);
        public readonly long* Facts = (long*)(start + 512);
        public readonly byte* Slots = start + BenchMemory.Page;
    }
}
