using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What one flow has put in or taken out since it began.</summary>
public readonly record struct FlowMove
{
    /// <summary>Unique among all flows of this run.</summary>
    public required ulong Id { get; init; }

    /// <summary>Who; its key is all zero where nobody is known, as there was no slot.</summary>
    public required Process Process { get; init; }

    /// <summary>Through what; null where there was no slot.</summary>
    public required Channel? Channel { get; init; }

    /// <summary>By which mechanism.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>Doing what.</summary>
    public required Operation Operation { get; init; }

    /// <summary>How it was asked for.</summary>
    public Via Via { get; init; }

    /// <summary><see cref="FlowKey.Detail"/>.</summary>
    public byte Detail { get; init; }

    /// <summary>Operations that succeeded.</summary>
    public required ulong Operations { get; init; }

    /// <summary>Bytes moved.</summary>
    public required ulong Bytes { get; init; }

    /// <summary>Whether the flow has given its slot back: nothing more will come.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether an operation puts something into a channel or takes something out of it.</summary>
    internal static bool IsOne(Operation operation) => operation is Operation.Read or Operation.Write or Operation.Send or Operation.Receive
        or Operation.Wait or Operation.Post or Operation.Wake or Operation.Getfd;

    internal static FlowMove Of(Flow flow, in FlowCounters counters) => new()
    {
        Id = flow.Id,
        Process = flow.Series.Process,
        Channel = flow.Channel,
        Mechanism = flow.Key.Mechanism,
        Operation = flow.Key.Operation,
        Via = flow.Key.Via,
        Detail = flow.Key.Detail,
        Operations = counters.Succeeded(),
        Bytes = counters.Bytes,
    };

    // Flows count their ids upwards from 1.
    internal static FlowMove Overflow(uint slot, in FlowCounters counters) => new()
    {
        Id = ulong.MaxValue - slot,
        Process = Identities.Other,
        Channel = null,
        Mechanism = SlotLayout.MechanismOf(slot),
        Operation = SlotLayout.OperationOf(slot),
        Operations = counters.Succeeded(),
        Bytes = counters.Bytes,
    };
}
