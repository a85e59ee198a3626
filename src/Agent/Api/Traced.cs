using System.Collections.Immutable;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A flow or a series, as it was at the last look and the one before.</summary>
/// <param name="process">Who.</param>
/// <param name="channel">Through what; null: a series.</param>
/// <param name="mechanism">By which mechanism.</param>
/// <param name="operation">Doing what.</param>
internal sealed class Traced(Process process, Channel? channel, Mechanism mechanism, Operation operation)
{
    private FlowCounters _now;
    private FlowCounters _growth;

    /// <summary>Who.</summary>
    public Process Process => process;

    /// <summary>Through what; null: a series.</summary>
    public Channel? Channel => channel;

    /// <summary>By which mechanism.</summary>
    public Mechanism Mechanism => mechanism;

    /// <summary>Doing what.</summary>
    public Operation Operation => operation;

    /// <summary>Which way that moves something.</summary>
    public DataDirection Direction { get; } = OperationTraits.Direction(operation);

    /// <summary>How it was asked for.</summary>
    public Via Via { get; init; }

    /// <summary><see cref="FlowKey.Detail"/>.</summary>
    public byte Detail { get; init; }

    /// <summary>All that was counted.</summary>
    public ref readonly FlowCounters Now => ref _now;

    /// <summary>What was counted between the last two looks.</summary>
    public ref readonly FlowCounters Growth => ref _growth;

    /// <summary>Whether anything was.</summary>
    public bool Grew { get; private set; }

    /// <summary>The look that saw it last.</summary>
    public uint Look { get; private set; }

    /// <summary>Failed calls by errno.</summary>
    public ImmutableArray<ErrorCount> Errors { get; set; } = [];

    /// <summary>It has ended, and is kept as it is.</summary>
    public void Stay(uint look) => (Grew, Look) = (false, look);

    /// <summary>Takes what a look saw.</summary>
    /// <param name="counters">The counters.</param>
    /// <param name="look">Which look; the first tells nothing of growth.</param>
    public void Take(in FlowCounters counters, uint look)
    {
        Grew = look > 1 && (counters.LastSeen != _now.LastSeen || counters.Booked() != _now.Booked());
        if (Grew)
        {
            _growth = counters;
            _growth.Subtract(_now);
        }
        _now = counters;
        Look = look;
    }
}
