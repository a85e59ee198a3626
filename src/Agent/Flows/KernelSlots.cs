using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Slots that the kernel programs count in, read through a mapping.</summary>
internal sealed unsafe class KernelSlots : ISlotStore
{
    private const nuint Step = 1 << 20;

    private readonly BpfMap _flows;
    private readonly BpfMap _free;
    private readonly ChannelTable _channels;
    private readonly CgroupTable _cgroups;
    private readonly BpfMap _errors;
    private readonly BpfMap _grace;
    private readonly BpfMap _graceInner;
    private readonly BpfMap _slots;
    private readonly MappedMemory _memory;
    private readonly nuint _length;
    private nuint _mapped;

    internal KernelSlots(BpfObject bpfObject, int limit)
    {
        Limit = limit;
        _flows = bpfObject.Map("flows");
        _free = bpfObject.Map("free_slots");
        _channels = new ChannelTable(bpfObject);
        _cgroups = new CgroupTable(bpfObject);
        _errors = bpfObject.Map("flow_errors");
        _grace = bpfObject.Map("grace");
        _graceInner = bpfObject.Map("grace_inner");
        _slots = bpfObject.Map("slots");
        nuint page = (nuint)Environment.SystemPageSize;
        _length = (((nuint)limit * (nuint)sizeof(FlowSlot)) + page - 1) / page * page;
        _memory = MappedMemory.Reserve(_length);
        Reach(SlotLayout.Overflow);
        for (uint slot = (uint)limit - 1; slot >= SlotLayout.Overflow; slot--)
        {
            _free.Push(slot); // the lowest comes out first, so that few pages are touched
        }
    }

    /// <inheritdoc/>
    public FlowSlot* Slots => (FlowSlot*)_memory.Start;

    /// <inheritdoc/>
    public int Limit { get; }

    /// <summary>Maps in steps: the kernel maps every page at once, and slots are handed out from the lowest.</summary>
    public void Reach(uint slot)
    {
        nuint needed = (slot + 1) * (nuint)sizeof(FlowSlot);
        while (_mapped < needed)
        {
            nuint step = Math.Min(Step, _length - _mapped);
            _memory.Extend(_slots.Fd, _mapped, step);
            _mapped += step;
        }
    }

    /// <inheritdoc/>
    public bool TryDescribe(in ChannelKey key, out ChannelInfo info) => _channels.TryDescribe(key, out info);

    /// <inheritdoc/>
    public Enrich.Cgroup Locate(ulong cgroup, uint pid) => _cgroups.Locate(cgroup, pid);

    /// <inheritdoc/>
    public void Forget(in ChannelKey key) => _channels.Forget(key);

    /// <inheritdoc/>
    public IReadOnlyList<(ErrorKey Key, ulong Count)> ReadErrors()
    {
        List<(ErrorKey, ulong)> errors = [];
        foreach (ErrorKey key in _errors.Keys<ErrorKey>())
        {
            if (_errors.TryLookup(key, out ulong count))
            {
                errors.Add((key, count));
            }
        }
        return errors;
    }

    /// <inheritdoc/>
    public bool Owns(in FlowKey key, ulong id) =>
        _flows.TryLookup(key, out FlowReference reference) && reference.Id == id;

    /// <inheritdoc/>
    public void Close(IReadOnlyList<Flow> flows)
    {
        foreach (Flow flow in flows)
        {
            Volatile.Write(ref Slots[flow.Slot].Id, 0); // what threads have cached is void now
            _flows.Delete(flow.Key);
        }
        AwaitGrace();
    }

    /// <summary>Returns when no program holds a slot any more that it has found before: updating a map-in-map waits for an RCU grace period.</summary>
    internal void AwaitGrace() => _grace.Update(0u, (uint)_graceInner.Fd);

    /// <inheritdoc/>
    public void Free(Flow flow)
    {
        foreach ((int number, _) in flow.Errors ?? [])
        {
            _errors.Delete(new ErrorKey(flow.Id, flow.Slot, (uint)number));
        }
        Slots[flow.Slot] = default;
        _free.Push(flow.Slot);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
