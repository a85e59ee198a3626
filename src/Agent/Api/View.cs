using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>What a filter lets through of one look. Immutable once built.</summary>
internal sealed class View
{
    /// <summary>When the look was.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Seconds since the look before.</summary>
    public required double Seconds { get; init; }

    /// <summary>The agent itself, whatever the filter.</summary>
    public required AgentHealth Health { get; init; }

    /// <summary>Channels in use.</summary>
    public required IReadOnlyDictionary<ChannelKey, ChannelRow> Channels { get; init; }

    /// <summary><see cref="AgentHealth.ChannelsUnlisted"/>; null: not known, or there is a filter, which those cannot be asked for.</summary>
    public int? ChannelsUnlisted { get; init; }

    /// <summary>Processes that live, by id.</summary>
    public required IReadOnlyDictionary<string, ProcessRow> Processes { get; init; }

    /// <summary>Who gives to whom.</summary>
    public required IReadOnlyCollection<EdgeRow> Edges { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Calls that wait.</summary>
    public required IReadOnlyList<Wait> Waits { get; init; }

    /// <summary>Durations since the look before, by mechanism; only of those that did something.</summary>
    public required IReadOnlyDictionary<Mechanism, DurationBuckets> Latency { get; init; }
}
