using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What the kernel programs noted of a futex or POSIX queue besides its flows, as it is now. All 0 for other channels.</summary>
/// <param name="Waiters">Calls that wait on a futex.</param>
/// <param name="OwnerTid">The thread that the word named when somebody waited last; only a claim: words of semaphores and conditions name nobody.</param>
/// <param name="Waker">Pid of who woke its waiters last.</param>
/// <param name="Priority">The highest priority seen in a queue.</param>
public readonly record struct ChannelState(int Waiters, uint OwnerTid, uint Waker, uint Priority)
{
    /// <summary>Whether channels of this mechanism have any.</summary>
    internal static bool IsKept(Mechanism mechanism) => mechanism is Mechanism.Futex or Mechanism.Mq;

    /// <summary>Takes it from what the kernel wrote.</summary>
    internal static ChannelState Of(in ChannelInfo info) => new(Math.Max(info.Waiters, 0), info.Owner, info.Waker, info.Priority);

    /// <summary>The process whose thread the word names, if it is one of <paramref name="users"/>: else the word meant something else.</summary>
    internal Process? Owner(IEnumerable<Process> users)
    {
        uint tid = OwnerTid;
        return tid == 0 ? null : users.FirstOrDefault(user => user.Key.Pid == tid || Directory.Exists($"/proc/{user.Key.Pid}/task/{tid}"));
    }
}
