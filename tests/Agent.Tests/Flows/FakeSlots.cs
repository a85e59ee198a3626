using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Flows;

/// <summary>Slots without a kernel: the test plays the part of the programs.</summary>
internal sealed unsafe class FakeSlots(int limit) : ISlotStore
{
    private readonly Dictionary<ErrorKey, ulong> _errors = [];
    private readonly Stack<uint> _free = new(Enumerable.Range(SlotLayout.Overflow, limit - SlotLayout.Overflow).Reverse().Select(slot => (uint)slot));
    private ulong _lastId;

    public FlowSlot* Slots { get; private set; } = (FlowSlot*)NativeMemory.AllocZeroed((nuint)limit, (nuint)sizeof(FlowSlot));

    public int Limit => limit;

    internal int Free => _free.Count;

    internal List<ChannelKey> Forgotten { get; } = [];

    internal (uint Slot, ulong Id) Take(FlowKey key, string name, ulong now)
    {
        uint slot = _free.Pop();
        ref FlowSlot target = ref Slots[slot];
        Assert.Equal(0UL, target.Counters.Operations());
        target.Id = ++_lastId;
        target.Key = key;
        target.Comm.Set(name);
        target.Counters.FirstSeen = target.Counters.LastSeen = now;
        return (slot, target.Id);
    }

    /// <summary>Which channel owns a slot now; 0: nobody.</summary>
    internal ulong Owner(uint slot) => Slots[slot].Id != 0 ? Slots[slot].Key.Channel.Inode : 0;

    internal void Count(uint slot, ulong bytes, ulong now)
    {
        Slots[slot].Counters.Bytes += bytes;
        Slots[slot].Counters.Size[OperationBook.SizeBucket(bytes)]++;
        Slots[slot].Counters.LastSeen = now;
    }

    internal void CountError(uint slot, uint number)
    {
        Slots[slot].Counters.Errors++;
        ErrorKey key = new(Slots[slot].Id, slot, number);
        _errors[key] = _errors.GetValueOrDefault(key) + 1;
    }

    public void Reach(uint slot)
    {
    }

    public bool TryDescribe(in ChannelKey key, out ChannelInfo info)
    {
        info = default;
        return false;
    }

    public Ipcscope.Enrich.Cgroup Locate(ulong cgroup, uint pid) => Ipcscope.Enrich.Cgroup.Root;

    public void Forget(in ChannelKey key) => Forgotten.Add(key);

    public IReadOnlyList<(ErrorKey Key, ulong Count)> ReadErrors() => [.. _errors.Select(entry => (entry.Key, entry.Value))];

    public bool Owns(in FlowKey key, ulong id) => true;

    public void Close(IReadOnlyList<Flow> flows)
    {
    }

    void ISlotStore.Free(Flow flow)
    {
        Slots[flow.Slot] = default;
        _free.Push(flow.Slot);
    }

    public void Dispose()
    {
        NativeMemory.Free(Slots);
        Slots = null;
    }
}
