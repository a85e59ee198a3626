using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What found no slot: one series per mechanism and operation. Errors have lost their numbers there, and via and detail are not told apart.</summary>
internal static unsafe class OverflowSeries
{
    /// <summary>Copies those that have counted something.</summary>
    /// <returns>How many.</returns>
    internal static int Copy(FlowSlot* slots, Span<SeriesSample> buffer)
    {
        int count = 0;
        for (uint slot = 0; slot < SlotLayout.Overflow; slot++)
        {
            ref FlowCounters counters = ref slots[slot].Counters;
            if (counters.LastSeen != 0)
            {
                ref SeriesSample sample = ref buffer[count++];
                sample.Process = Identities.Other;
                sample.Mechanism = SlotLayout.MechanismOf(slot);
                sample.Operation = SlotLayout.OperationOf(slot);
                sample.Via = Via.Syscall;
                sample.Detail = 0;
                sample.Channels = 0;
                sample.IsUnchanged = false;
                sample.Counters = counters;
                sample.Errors = counters.Errors > 0 ? [new ErrorCount(0, counters.Errors)] : [];
            }
        }
        return count;
    }
}
