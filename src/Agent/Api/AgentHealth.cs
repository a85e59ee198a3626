using Ipcscope.Capture;

namespace Ipcscope.Api;

/// <summary>How the agent itself fares.</summary>
internal sealed record AgentHealth
{
    /// <summary>What does not change.</summary>
    public required AgentFacts Facts { get; init; }

    /// <summary>All that was done on this machine.</summary>
    public required Activity All { get; init; }

    /// <summary>Its eBPF programs.</summary>
    public required int Programs { get; init; }

    /// <summary>Whether all of them are attached.</summary>
    public required bool Ready { get; init; }

    /// <summary>Flows that own a slot.</summary>
    public required int Flows { get; init; }

    /// <summary>Slots.</summary>
    public required int FlowsLimit { get; init; }

    /// <summary>Channels in use.</summary>
    public required int Channels { get; init; }

    /// <summary>Channels that processes hold and that are not among those: nothing was counted of them, or they have given their slots back; null: not known.</summary>
    public required int? ChannelsUnlisted { get; init; }

    /// <summary>Processes that use them.</summary>
    public required int Processes { get; init; }

    /// <summary>What was lost, since the start.</summary>
    public required IReadOnlyList<LossCount> Losses { get; init; }

    /// <summary>What stages saw and counted.</summary>
    public required IReadOnlyList<StageCount> Stages { get; init; }

    /// <summary>Processor time of the agent since its start.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>The part of one processor that it took since the look before.</summary>
    public required double CpuShare { get; init; }

    /// <summary>Memory that it has resident, bytes.</summary>
    public required long Resident { get; init; }

    /// <summary>The part of one processor that its eBPF programs took; null: that is not measured.</summary>
    public required double? ProgramShare { get; init; }

    /// <summary>Who streams now.</summary>
    public required int Viewers { get; init; }

    /// <summary>What it cannot do, and what is missing then.</summary>
    public required IReadOnlyList<(string What, string Effect)> Missing { get; init; }
}
