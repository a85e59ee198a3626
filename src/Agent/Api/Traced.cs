using System.Collections.Immutable;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A flow or a series, as it was at the last look and the one before.</summary>
/// <param name="user">Whose it is.</param>
/// <param name="process">Who.</param>
/// <param name="through">Through what; null: a series.</param>
/// <param name="mechanism">By which mechanism.</param>
/// <param name="operation">Doing what.</param>
internal sealed class Traced(ProcessTraffic user, Process process, ChannelTraffic? through, Mechanism mechanism, Operation operation)
{
    private FlowCounters _now;
    private Grown? _growth; // null: it is all that was counted, as of most processes that live shortly
    private bool _ended;

    /// <summary>Whose it is.</summary>
    public ProcessTraffic User => user;

    /// <summary>Who.</summary>
    public Process Process => process;

    /// <summary>Through what; null: a series.</summary>
    public ChannelTraffic? Through => through;

    /// <summary>The same.</summary>
    public Channel? Channel => through?.Channel;

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
    public ref readonly FlowCounters Growth => ref (_growth is null ? ref _now : ref _growth.Counters);

    /// <summary>Whether anything was.</summary>
    public bool Grew { get; private set; }

    /// <summary>The look that saw it last.</summary>
    public uint Look { get; private set; }

    /// <summary>Failed calls by errno.</summary>
    public ImmutableArray<ErrorCount> Errors { get; set; } = [];

    /// <summary>It has ended, and is kept as it is.</summary>
    public void Stay(uint look)
    {
        Note(look, Grew);
        (Grew, Look) = (false, look);
    }

    /// <summary>Takes what a look saw.</summary>
    /// <param name="counters">The counters.</param>
    /// <param name="isUnchanged">Whether they are known to be as they were.</param>
    /// <param name="look">Which look; the first tells nothing of growth.</param>
    public void Take(in FlowCounters counters, bool isUnchanged, uint look)
    {
        bool grew = Grew;
        bool known = Look != 0;
        Grew = look > 1 && !(known && isUnchanged) && (counters.LastSeen != _now.LastSeen || counters.Booked() != _now.Booked());
        if (Grew)
        {
            Grow(counters, known);
        }
        if (!known || !isUnchanged)
        {
            _now = counters;
        }
        Look = look;
        // A rate that was told has to become zero again.
        Note(look, Grew || grew || !known || _ended != (process.EndedAt != 0));
        _ended = process.EndedAt != 0;
    }

    private void Grow(in FlowCounters counters, bool known)
    {
        if (known)
        {
            _growth ??= new Grown();
            _growth.Counters = counters;
            _growth.Counters.Subtract(_now);
        }
    }

    private void Note(uint look, bool changed)
    {
        if (changed)
        {
            user.Changed = look;
            if (through is not null)
            {
                through.Changed = look;
            }
        }
    }

    private sealed class Grown
    {
        public FlowCounters Counters;
    }
}
