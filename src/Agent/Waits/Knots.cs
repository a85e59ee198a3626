using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>
/// Finds waits that cannot end: a thread is stuck if every thread of every process that could end its wait is stuck itself. All that wait are taken for
/// stuck at first; whoever could be helped by one that is not is let go, until nothing changes. What remains waits in circles.
/// </summary>
/// <remarks>Waits with a time limit end by themselves, and idle waits for input may end by what nobody here can see: alone they are no deadlock.</remarks>
internal sealed class Knots
{
    private readonly Threads _threads;
    private readonly Dictionary<uint, Wait> _waits;
    private readonly HashSet<(uint Pid, uint Tid)> _stuck = [];

    private Knots(WaitLook look)
    {
        _threads = look.Threads;
        // A splice waits on two channels at once, and may go on by either of them.
        _waits = look.Waits.Where(wait => wait.Call.State == CallState.Asleep)
            .GroupBy(wait => wait.Call.Tid)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single());
    }

    /// <summary>Every circle, each with the waits that it is made of.</summary>
    internal static IReadOnlyList<IReadOnlyList<Wait>> Find(WaitLook look) => new Knots(look).Find();

    private List<IReadOnlyList<Wait>> Find()
    {
        foreach (Wait wait in _waits.Values)
        {
            Assume(wait);
        }
        while (_stuck.RemoveWhere(thread => !IsStuck(thread)) > 0)
        {
        }
        List<Wait> left = [.. _waits.Values.Where(wait => wait.IsClosed && _stuck.Contains((wait.Call.Pid, wait.Call.Tid)))];
        return [.. Circles(left).Where(IsDeadlock)];
    }

    // Threads that wait for others of their process are stuck with those, whether they wait for a channel or not.
    private void Assume(Wait wait)
    {
        _stuck.UnionWith(ThreadsOf(wait.Call.Pid));
        foreach (Party party in wait.Parties)
        {
            _stuck.UnionWith(ThreadsOf(party.Pid));
        }
    }

    private IEnumerable<(uint Pid, uint Tid)> ThreadsOf(uint pid) => _threads.Of(pid).Select(thread => (pid, thread.Tid));

    private bool IsStuck((uint Pid, uint Tid) thread)
    {
        if (_waits.TryGetValue(thread.Tid, out Wait? wait))
        {
            return wait.IsClosed && !wait.Call.HasTimeLimit && wait.Parties.All(IsStuck);
        }
        return _threads.Of(thread.Pid).Any(known => known.Tid == thread.Tid && known.Activity == ThreadActivity.AmongThreads)
            && ThreadsOf(thread.Pid).All(_stuck.Contains);
    }

    private bool IsStuck(Party party) =>
        party.Tid != 0 ? _stuck.Contains((party.Pid, party.Tid)) : party.Pid != 0 && ThreadsOf(party.Pid).All(_stuck.Contains);

    // Processes that wait for one another, both ways: strongly connected ones, of which none waits for one outside.
    private static IEnumerable<List<Wait>> Circles(List<Wait> waits)
    {
        ILookup<uint, uint> edges = waits.SelectMany(wait => wait.Parties.Select(party => (wait.Call.Pid, Party: party.Pid))).ToLookup(edge => edge.Pid, edge => edge.Party);
        Dictionary<uint, HashSet<uint>> reached = waits.Select(wait => wait.Call.Pid).Distinct().ToDictionary(pid => pid, pid => Reach(edges, pid));
        return reached.Where(from => from.Value.All(to => reached.TryGetValue(to, out HashSet<uint>? back) && back.Contains(from.Key)))
            .GroupBy(from => from.Value, HashSet<uint>.CreateSetComparer())
            .Select(circle => waits.Where(wait => circle.Key.Contains(wait.Call.Pid)).OrderBy(wait => wait.Call.Pid).ThenBy(wait => wait.Call.Tid).ToList());
    }

    private static HashSet<uint> Reach(ILookup<uint, uint> edges, uint from)
    {
        HashSet<uint> reached = [];
        var open = new Queue<uint>([from]);
        while (open.TryDequeue(out uint at))
        {
            foreach (uint to in edges[at].Where(reached.Add))
            {
                open.Enqueue(to);
            }
        }
        return reached;
    }

    // Idle readers alone are none, nor are those who all wait at one semaphore: somebody may yet come who releases it.
    private static bool IsDeadlock(List<Wait> circle)
    {
        List<Wait> active = [.. circle.Where(wait => wait.Call.Reason is WaitReason.Full or WaitReason.Lock)];
        bool isOwned = active.Exists(wait => wait.Call.Reason == WaitReason.Full || wait.Parties is [{ Role: PartyRole.Owner }]);
        return isOwned || active.Select(wait => (wait.Call.Flow.Channel, wait.Call.Semaphore)).Distinct().Count() > 1;
    }
}
