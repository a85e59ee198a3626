using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Slots in our own memory, counted from single operations (<c>aggregation.mode: ring</c>).</summary>
internal sealed unsafe class UserSlots(int limit, ChannelTable channels, CgroupTable cgroups) : ISlotStore
{
    private readonly Dictionary<FlowKey, uint> _slots = [];
    private readonly Dictionary<ErrorKey, ulong> _errors = [];
    private readonly Stack<uint> _free = new(Enumerable.Range(SlotLayout.Overflow, limit - SlotLayout.Overflow)
        .Reverse().Select(slot => (uint)slot));

    private ulong _lastId;

    /// <inheritdoc/>
    public FlowSlot* Slots { get; } = (FlowSlot*)NativeMemory.AllocZeroed((nuint)limit, (nuint)sizeof(FlowSlot));

    /// <inheritdoc/>
    public int Limit => limit;

    /// <summary>Operations that found no slot of their own.</summary>
    internal ulong Overflowed { get; private set; }

    /// <inheritdoc/>
    public void Reach(uint slot)
    {
    }

    /// <inheritdoc/>
    public bool TryDescribe(in ChannelKey key, out ChannelInfo info) => channels.TryDescribe(key, out info);

    /// <inheritdoc/>
    public Enrich.Cgroup Locate(ulong cgroup, uint pid) => cgroups.Locate(cgroup, pid);

    /// <inheritdoc/>
    public void Forget(in ChannelKey key) => channels.Forget(key);

    /// <inheritdoc/>
    public IReadOnlyList<(ErrorKey Key, ulong Count)> ReadErrors() => [.. _errors.Select(entry => (entry.Key, entry.Value))];

    /// <inheritdoc/>
    public bool Owns(in FlowKey key, ulong id) => _slots.TryGetValue(key, out uint slot) && Slots[slot].Id == id;

    /// <inheritdoc/>
    public void Close(IReadOnlyList<Flow> flows)
    {
        foreach (Flow flow in flows)
        {
            _slots.Remove(flow.Key);
        }
    }

    /// <inheritdoc/>
    public void Free(Flow flow)
    {
        foreach ((int number, _) in flow.Errors ?? [])
        {
            _errors.Remove(new ErrorKey(flow.Id, flow.Slot, (uint)number));
        }
        Slots[flow.Slot] = default;
        _free.Push(flow.Slot);
    }

    /// <summary>Counts an operation as the kernel does (bpf/include/count.h).</summary>
    /// <returns>The slot of a flow that is seen for the first time, else null.</returns>
    internal uint? Book(in OperationRecord record)
    {
        bool isNew = !_slots.TryGetValue(record.Flow, out uint slot);
        if (isNew)
        {
            isNew = TryTake(record, out slot);
        }
        ref FlowSlot target = ref Slots[slot];
        OperationBook.Count(ref target.Counters, record);
        if (OperationBook.IsError(record))
        {
            ErrorKey key = new(target.Id, slot, (uint)-record.Result);
            _errors[key] = _errors.GetValueOrDefault(key) + 1;
        }
        return isNew ? slot : null;
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(Slots);

    private bool TryTake(in OperationRecord record, out uint slot)
    {
        if (!_free.TryPop(out slot))
        {
            slot = SlotLayout.OverflowSlot(record.Flow.Mechanism, record.Flow.Operation);
            Overflowed++;
            return false;
        }
        _slots[record.Flow] = slot;
        Slots[slot].Id = ++_lastId;
        Slots[slot].Key = record.Flow;
        Slots[slot].Comm = record.Comm;
        Slots[slot].Counters.FirstSeen = record.Begin + record.Duration;
        return true;
    }
}
