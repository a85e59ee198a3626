using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>What is wrong with the waits of two looks: only what both saw, the same calls with the same beginnings.</summary>
public static class WaitProblems
{
    /// <summary>Compares two looks; what is said is of the second.</summary>
    /// <param name="first">The earlier look.</param>
    /// <param name="second">The later one.</param>
    /// <param name="flows">What traffic showed until then.</param>
    public static IReadOnlyList<Problem> Find(WaitLook first, WaitLook second, IFlowSource flows)
    {
        HashSet<(ProcessKey, uint, ulong, ChannelKey)> before = [.. first.Waits.Where(IsWaiting).Select(wait => wait.Call.Identity)];
        List<Wait> lasting = [.. second.Waits.Where(wait => IsWaiting(wait) && before.Contains(wait.Call.Identity))];
        List<Problem> problems = [.. Deadlocks(first, second)];
        HashSet<uint> explained = [.. problems.SelectMany(problem => problem.Waits).Select(wait => wait.Call.Tid)];
        var open = new HeldOpen(second.Ends, flows);
        var drained = new Drained(second.Ends, flows, first.Time);
        foreach (Wait wait in CausesFirst.Order(lasting.Where(wait => !explained.Contains(wait.Call.Tid) && !(wait.Call.IsPoll && drained.Contains(wait.Call.Flow.Channel)))))
        {
            if (Judge(wait, first, open) is { } problem)
            {
                problems.Add(problem);
            }
        }
        return problems;
    }

    private static bool IsWaiting(Wait wait) => wait.Call.State == CallState.Asleep && wait.Call.Reason != WaitReason.None;

    private static IEnumerable<Problem> Deadlocks(WaitLook first, WaitLook second)
    {
        List<HashSet<(ProcessKey, uint, ulong, ChannelKey)>> before = [.. Knots.Find(first).Select(circle => circle.Select(wait => wait.Call.Identity).ToHashSet())];
        foreach (IReadOnlyList<Wait> circle in Knots.Find(second))
        {
            if (before.Exists(known => known.SetEquals(circle.Select(wait => wait.Call.Identity))))
            {
                string[] names = [.. circle.Select(wait => wait.Call.Label).Distinct()];
                string summary = names.Length == 1 ? $"{names[0]} waits for itself" : $"{string.Join(", ", names[..^1])} and {names[^1]} wait for each other";
                yield return new Problem(ProblemKind.Deadlock, summary, [.. circle.Select(WaitText.Sentence)], circle, [.. circle.Select(wait => (wait.Call.Pid, wait.Call.Name)).Distinct()]);
            }
        }
    }

    private static Problem? Judge(Wait wait, WaitLook first, HeldOpen open)
    {
        CallInProgress call = wait.Call;
        if (wait.LostOwner != 0)
        {
            // An owner may have let go, and the lock not have been taken yet, at one of the looks.
            return first.Waits.Any(earlier => earlier.Call.Identity == call.Identity && earlier.LostOwner == wait.LostOwner)
                ? new Problem(ProblemKind.LostOwner, $"{call.Label} waits {WaitText.What(call)}, whose owner is gone",
                    [$"the lock names thread {wait.LostOwner}, which no process that maps {call.Channel} has", WaitText.Sentence(wait)], [wait], [])
                : null;
        }
        if (call.Reason == WaitReason.Full)
        {
            return new Problem(ProblemKind.BackPressure, WaitText.Sentence(wait), [.. wait.Parties.Select(party => $"{party.Label} {party.Doing}")], [wait],
                [.. wait.Parties.Select(party => (party.Pid, party.Name))]);
        }
        IReadOnlyList<OpenEnd> kept = open.Find(wait);
        return kept.Count == 0 ? null : new Problem(
            ProblemKind.HeldOpen,
            $"{call.Label} waits for the end of {call.Channel}: held open by {string.Join(", ", kept.Select(end => end.Label))}, {(kept.Count == 1 ? "which has" : "who have")} never written",
            [.. kept.Select(end => $"{end.Label} has descriptor {string.Join(", ", end.Descriptors)}: {end.Why}"), WaitText.Sentence(wait)], [wait], [.. kept.Select(end => (end.Pid, end.Name))]);
    }
}
