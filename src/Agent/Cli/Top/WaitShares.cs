using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>How much of the time in calls was spent in calls that slept. Waiting for room and for something to take are never added: only the first is a problem.</summary>
internal sealed class WaitShares
{
    /// <summary>The one that matters more comes first.</summary>
    private static readonly WaitReason[] ByWeight = [WaitReason.Full, WaitReason.Lock, WaitReason.Empty];

    private readonly (ulong Waited, ulong Spent)[] _sums = new (ulong, ulong)[Enum.GetValues<WaitReason>().Length];

    /// <summary>Adds the calls of operations with one reason.</summary>
    public void Add(WaitReason reason, in FlowCounters growth)
    {
        ref (ulong Waited, ulong Spent) sum = ref _sums[(int)reason];
        sum = (sum.Waited + growth.WaitNs, sum.Spent + growth.DurationNs);
    }

    /// <summary>Nanoseconds of waiting for one thing.</summary>
    public ulong Waited(WaitReason reason) => _sums[(int)reason].Waited;

    /// <summary><c>full 81 %</c>: of the time in calls that write and send; empty if nothing slept.</summary>
    public override string ToString()
    {
        foreach (WaitReason reason in ByWeight)
        {
            (ulong waited, ulong spent) = _sums[(int)reason];
            if (waited > 0)
            {
                return $"{Export.Words.Reasons[(int)reason]} {100.0 * waited / Math.Max(spent, waited):0} %";
            }
        }
        return "";
    }
}
