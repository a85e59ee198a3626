using Ipcscope.Flows;

namespace Ipcscope.Capture;

/// <summary>What a capture lost by cause, and what each of its stages saw and counted.</summary>
/// <param name="options">How it was started.</param>
/// <param name="losses">The kernel's counters.</param>
/// <param name="table">Flows and processes.</param>
/// <param name="pump">Reads the ring.</param>
/// <param name="programs">Every program.</param>
internal sealed class SessionLedger(CaptureOptions options, LossCounters losses, FlowTable table, EventPump pump, ProgramSampler programs)
{
    // Whether each operation that the kernel counts is sent as a record, too.
    private readonly bool _sendsAll = options is { CountInKernel: true, OnOperation: not null, Filter: { ErrorsOnly: false, MinimumDurationNs: 0 } };

    /// <summary>Every cause, zero ones included.</summary>
    internal LossCount[] ReadLosses()
    {
        (ulong seen, ulong named) = table.Processes;
        return
        [
            .. losses.Read(),
            LossCause.ProgramSkipped.Of(programs.Read().Aggregate(0UL, (sum, program) => sum + program.Skipped)),
            LossCause.RecordUnreadable.Of(pump.Unreadable),
            LossCause.UnreadablePath.Of(seen - named),
            LossCause.SeriesExpiredEarly.Of(table.ExpiredEarly),
        ];
    }

    /// <summary>
    /// The table: all that was booked is in a flow's own slot, or in an overflow slot and counted as lost. The ring, while it takes every operation: what was
    /// booked in the kernel was read, or found no room. In ring mode what was read was booked.
    /// </summary>
    internal StageCount[] ReadStages()
    {
        (ulong readBefore, ulong lostBefore) = (pump.Operations, losses.Overflowed);
        (ulong own, ulong overflow) = table.Booked();
        (ulong read, ulong lost) = (pump.Operations, losses.Overflowed);
        (ulong processes, ulong named) = table.Processes;
        ulong booked = own + overflow;
        // Both go on while slots are read: whatever lies between is of the same moment.
        List<StageCount> stages = [new(Stages.Table, options.CountInKernel ? booked : Math.Clamp(booked, readBefore, read), own, Math.Clamp(overflow, lostBefore, lost))];
        if (_sendsAll)
        {
            stages.Add(new(Stages.Ring, booked, read, losses.LostOperations));
        }
        stages.Add(new(Stages.Identity, processes, named, processes - named));
        return [.. stages];
    }
}
