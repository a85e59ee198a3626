using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>The queues that the kernel programs measure, read through a mapping. One thread takes back; any thread reads.</summary>
internal sealed unsafe class QueueTable : IDisposable
{
    private const nuint Step = 1 << 18;

    private readonly BpfMap _index;
    private readonly BpfMap _free;
    private readonly BpfMap _slots;
    private readonly MappedMemory _memory;
    private readonly nuint _length;
    private nuint _mapped;
    private readonly ulong _expiry;
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <param name="bpfObject">The loaded object.</param>
    /// <param name="limit">Slots, slot 0 included, which is nobody's.</param>
    /// <param name="idleExpiry">How long a queue keeps its slot without an operation.</param>
    internal QueueTable(BpfObject bpfObject, int limit, TimeSpan idleExpiry)
    {
        _expiry = (ulong)idleExpiry.TotalNanoseconds;
        _index = bpfObject.Map("queue_index");
        _free = bpfObject.Map("free_queues");
        nuint page = (nuint)Environment.SystemPageSize;
        _length = (((nuint)limit * (nuint)sizeof(QueueSlot)) + page - 1) / page * page;
        _slots = bpfObject.Map("queues");
        _memory = MappedMemory.Reserve(_length);
        Extend();
        for (uint slot = (uint)limit - 1; slot > 0; slot--)
        {
            _free.Push(slot);
        }
    }

    private QueueSlot* Slots => (QueueSlot*)_memory.Start;

    private int Mapped => (int)(_mapped / (nuint)sizeof(QueueSlot));

    /// <summary>The most that was in each queue when a write ended, by the channels of both of its ends.</summary>
    internal Dictionary<ChannelKey, ulong> HighWaters()
    {
        Dictionary<ChannelKey, ulong> marks = [];
        lock (_gate)
        {
            Reach();
            for (int slot = 1; slot < Mapped && !_disposed; slot++)
            {
                ref QueueSlot queue = ref Slots[slot];
                foreach (ChannelKey end in Volatile.Read(ref queue.Id) == 0 ? [] : (ReadOnlySpan<ChannelKey>)[queue.Writer, queue.Reader])
                {
                    if (end != default)
                    {
                        marks[end] = Math.Max(queue.HighWater, marks.GetValueOrDefault(end));
                    }
                }
            }
        }
        return marks;
    }

    /// <summary>Tells the kernel programs which pipes carry the answers to what others carry.</summary>
    internal void Join(IEnumerable<(ChannelKey Requests, ChannelKey Answers)> pairs)
    {
        Dictionary<ChannelKey, uint>? slots = null;
        foreach ((ChannelKey asking, ChannelKey answering) in pairs)
        {
            slots ??= PipeSlots();
            if (slots.TryGetValue(asking, out uint asked) && slots.TryGetValue(answering, out uint answered) && Slots[answered].Source == 0)
            {
                Slots[asked].Role = QueueRole.Requests;
                Slots[answered].Role = QueueRole.Answers;
                Slots[answered].SourceId = Slots[asked].Id;
                Volatile.Write(ref Slots[answered].Source, asked);
            }
        }
    }

    private Dictionary<ChannelKey, uint> PipeSlots()
    {
        Dictionary<ChannelKey, uint> slots = [];
        for (uint slot = 1; slot < Mapped; slot++)
        {
            ref QueueSlot queue = ref Slots[slot];
            if (queue.Id != 0 && queue.Mechanism is Mechanism.Pipe or Mechanism.Fifo && queue.Writer != default)
            {
                slots[queue.Writer] = slot;
            }
        }
        return slots;
    }

    /// <summary>Takes the slots of idle queues back.</summary>
    /// <param name="now">CLOCK_MONOTONIC nanoseconds.</param>
    /// <param name="awaitGrace">Returns when no program holds a slot any more that it has found before.</param>
    internal void Maintain(ulong now, Action awaitGrace)
    {
        List<uint> idle = [];
        lock (_gate)
        {
            Reach();
        }
        for (uint slot = 1; slot < Mapped; slot++)
        {
            ref QueueSlot queue = ref Slots[slot];
            ulong used = Math.Max(queue.Id, Math.Max(queue.LastWritten, queue.LastRead));
            if (queue.Id != 0 && now > used && now - used > _expiry)
            {
                Volatile.Write(ref queue.Id, 0); // what threads have cached is void now
                _index.Delete(queue.Key);
                idle.Add(slot);
            }
        }
        if (idle.Count == 0)
        {
            return;
        }
        awaitGrace();
        foreach (uint slot in idle)
        {
            _free.Push(slot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _memory.Dispose();
        }
    }

    // The kernel maps every page at once, and slots are handed out from the lowest: the last one in reach has had an owner before any behind it.
    private void Reach()
    {
        while (!_disposed && _mapped < _length && Slots[Mapped - 1].Key != default)
        {
            Extend();
        }
    }

    private void Extend()
    {
        nuint step = Math.Min(Step, _length - _mapped);
        _memory.Extend(_slots.Fd, _mapped, step);
        _mapped += step;
    }
}
