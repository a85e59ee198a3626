using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Waits;

/// <summary>Finds out for a call in progress who could end its wait.</summary>
/// <param name="ends">Who holds what.</param>
/// <param name="threads">What threads do.</param>
/// <param name="activities">What processes do.</param>
/// <param name="latches">Who may hold up a server.</param>
internal sealed class WaitFinder(ChannelEnds ends, Threads threads, Activities activities, LatchWaits latches)
{
    /// <summary>The wait of a call; one that does not wait has no parties.</summary>
    internal Wait Find(CallInProgress call) => call.Reason switch
    {
        _ when call.Flow.Operation == Operation.Open => new Wait(call, [], false), // whoever has the other end open would have ended it
        WaitReason.Full => Drained(call),
        WaitReason.Empty => Written(call),
        WaitReason.Lock when call.Flow.Mechanism == Mechanism.Futex => Futex(call),
        WaitReason.Lock => Semaphore(call),
        _ => new Wait(call, [], false),
    };

    private Wait Drained(CallInProgress call)
    {
        List<Party> readers = Parties(ends.Readers(call.Flow.Channel, call.Flow.Mechanism), PartyRole.Reader);
        bool hasEnds = call.Flow.Mechanism is not (Mechanism.SysvMsg or Mechanism.Eventfd or Mechanism.Pty or Mechanism.Netlink);
        return new Wait(call, readers, hasEnds && !call.IsPoll && call.Flow.Operation != Operation.Connect && AreAll(call, readers));
    }

    // To a datagram socket, to one that listens and to a queue anybody may send.
    private Wait Written(CallInProgress call)
    {
        List<Party> writers = call.Flow.Operation == Operation.Accept ? [] : Parties(ends.Writers(call.Flow.Channel, call.Flow.Mechanism), PartyRole.Writer);
        bool hasEnds = call.Flow.Mechanism is Mechanism.Pipe or Mechanism.Fifo || (ends.IsSocket(call.Flow.Channel) && call.Info.Kind is ChannelKind.Stream or ChannelKind.Seqpacket);
        return new Wait(call, [.. writers, .. latches.Find(call, writers)], hasEnds && !call.IsPoll && AreAll(call, writers));
    }

    // What only traffic or credentials tell of may not be all.
    private bool AreAll(CallInProgress call, List<Party> parties) =>
        parties.Count > 0 && parties.TrueForAll(party => party.Certainty == Certainty.Exact && party.Pid != 0) && ends.Remote(call.Flow.Channel) is null;

    private Wait Futex(CallInProgress call)
    {
        List<(uint Pid, string Name)> users = [.. ends.Holders(call.Flow.Channel, call.Flow.Mechanism).Where(end => end.Certainty == Certainty.Exact).Select(end => (end.Process.Pid, end.Name))];
        var owner = LockOwner.Read(call);
        if (owner.Tid != 0)
        {
            if (owner.Find(users.Select(user => user.Pid), threads) is not { } found)
            {
                return new Wait(call, Released(call, users), false, owner.Tid);
            }
            string name = users.First(user => user.Pid == found.Pid).Name;
            return new Wait(call, [new Party(found.Pid, found.Tid, name, PartyRole.Owner, Certainty.Exact, activities.Describe(found.Pid))], true);
        }
        // Nobody owns a semaphore or condition: everybody who has it can release it.
        return new Wait(call, Released(call, users), users.Count > 1);
    }

    private List<Party> Released(CallInProgress call, List<(uint Pid, string Name)> users)
    {
        List<Party> parties = [.. users.Select(user => new Party(user.Pid, 0, user.Name, user.Pid == call.Info.Waker ? PartyRole.Waker : PartyRole.User, Certainty.Exact, activities.Describe(user.Pid)))];
        // Who released it last comes first; the process itself, of which another thread may release it, last.
        return [.. parties.OrderBy(party => party.Pid == call.Pid ? 2 : party.Role == PartyRole.Waker ? 0 : 1).ThenBy(party => party.Pid)];
    }

    private Wait Semaphore(CallInProgress call)
    {
        List<Party> users = [.. Parties(ends.Holders(call.Flow.Channel, call.Flow.Mechanism), PartyRole.User).Where(party => party.Pid != call.Changer && party.Pid != call.Pid)];
        bool changed = call.Changer != 0 && call.Changer != call.Pid;
        if (changed)
        {
            users.Insert(0, new Party(call.Changer, 0, Name(call.Changer), PartyRole.Changer, Certainty.Observed, activities.Describe(call.Changer)));
        }
        // Who took the last one himself waits for work.
        return new Wait(call, users, changed && threads.Of(call.Changer).Count > 0);
    }

    // Who used the channel once and has nothing of it now can do nothing, if it is known who has.
    private List<Party> Parties(IReadOnlyList<End> found, PartyRole role) =>
        [.. found.Where(end => end.Certainty == found[0].Certainty || role == PartyRole.User).Select(end => new Party(end.Process.Pid, 0, end.Name, role, end.Certainty, end.IsKernel ? "" : activities.Describe(end.Process.Pid)))];

    private static string Name(uint pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
