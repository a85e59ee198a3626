using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Where flows are counted: in memory shared with the kernel, or in our own.</summary>
internal unsafe interface ISlotStore : IDisposable
{
    /// <summary>The slots. The first <see cref="SlotLayout.Overflow"/> belong to nobody.</summary>
    FlowSlot* Slots { get; }

    /// <summary>How many there are.</summary>
    int Limit { get; }

    /// <summary>Makes sure that a slot's memory, and all before it, can be read.</summary>
    void Reach(uint slot);

    /// <summary>Finds out what is known of a channel; false if nothing is.</summary>
    bool TryDescribe(in ChannelKey key, out ChannelInfo info);

    /// <summary>What is known of a cgroup that a process was seen in.</summary>
    Enrich.Cgroup Locate(ulong cgroup, uint pid);

    /// <summary>Forgets a channel.</summary>
    void Forget(in ChannelKey key);

    /// <summary>All errors by flow and number.</summary>
    IReadOnlyList<(ErrorKey Key, ulong Count)> ReadErrors();

    /// <summary>Whether this flow really owns its slot.</summary>
    bool Owns(in FlowKey key, ulong id);

    /// <summary>Stops counting in these flows' slots. On return nobody writes to them any more.</summary>
    void Close(IReadOnlyList<Flow> flows);

    /// <summary>Gives a closed slot back, zeroed, and forgets its errors.</summary>
    void Free(Flow flow);
}

/// <summary>How the array of slots is divided.</summary>
internal static class SlotLayout
{
    /// <summary>MECHANISM_COUNT of the contract.</summary>
    internal const int Mechanisms = (int)Mechanism.IoUring + 1;

    /// <summary>OPERATION_COUNT of the contract.</summary>
    internal const int Operations = (int)Operation.Getfd + 1;

    /// <summary>OVERFLOW_SLOTS of bpf/include/maps.h: what finds no slot of its own, by mechanism and operation.</summary>
    internal const int Overflow = Mechanisms * Operations;

    /// <summary>The overflow slot of an operation.</summary>
    internal static uint OverflowSlot(Mechanism mechanism, Operation operation) =>
        ((uint)mechanism * Operations) + (uint)operation;

    /// <summary>Whose mechanism an overflow slot counts.</summary>
    internal static Mechanism MechanismOf(uint slot) => (Mechanism)(slot / Operations);

    /// <summary>Which operation an overflow slot counts.</summary>
    internal static Operation OperationOf(uint slot) => (Operation)(slot % Operations);
}
