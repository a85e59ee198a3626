using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Decides which flows give their slots back. Their counts stay in their series.</summary>
internal static unsafe class Reaper
{
    private const ulong RestNs = 1_000_000_000;

    /// <summary>Flows of ended processes and idle ones; when three quarters of the slots are taken, the least active down to half.</summary>
    internal static List<Flow> Choose(
        IReadOnlyCollection<Flow> flows, FlowSlot* slots, int limit, ulong now, TimeSpan idleExpiry)
    {
        ulong expiry = (ulong)idleExpiry.TotalNanoseconds;
        List<Flow> chosen = [];
        foreach (Flow flow in flows)
        {
            if (flow.Series.Process.EndedAt != 0 || Idle(slots, flow, now) > expiry)
            {
                chosen.Add(flow);
            }
        }
        if (flows.Count - chosen.Count > limit * 3L / 4)
        {
            ulong[] idle = [.. flows.Except(chosen).Select(flow => Idle(slots, flow, now)).Order()];
            ulong bound = Math.Max(idle[limit / 2], RestNs);
            chosen.AddRange(flows.Except(chosen).Where(flow => Idle(slots, flow, now) >= bound).ToList());
        }
        return chosen;
    }

    private static ulong Idle(FlowSlot* slots, Flow flow, ulong now)
    {
        ulong last = slots[flow.Slot].Counters.LastSeen;
        return now > last ? now - last : 0;
    }
}
