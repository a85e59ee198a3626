using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>Says of a wait what people want to know.</summary>
internal static class WaitText
{
    private const int Shown = 3;

    /// <summary><c>writer[7] waits for room in pipe:[5] for 3 s: to be drained by reader[8], which is stopped</c>.</summary>
    internal static string Sentence(Wait wait) =>
        $"{wait.Call.Label} waits {What(wait.Call)} for {Activities.Age(wait.Call)}{(wait.Parties.Count > 0 || wait.Call.Flow.Operation == Operation.Open ? $": {Parties(wait)}" : "")}";

    /// <summary><c>for room in pipe:[5]</c>.</summary>
    internal static string What(CallInProgress call) => (call.Reason, call.Flow.Operation) switch
    {
        (_, Operation.Open) => $"for somebody to open {call.Channel} for {OtherWay(call)}",
        (WaitReason.Full, Operation.Connect) => $"to be accepted at {call.Channel}",
        (WaitReason.Full, _) => $"for room in {call.Channel}",
        (WaitReason.Lock, _) when call.Semaphore is { } number => $"for semaphore {number} of {call.Channel}",
        (WaitReason.Lock, _) => $"for the lock {call.Channel}",
        _ => $"for something to {Export.Words.Operations[(int)call.Flow.Operation]} from {call.Channel}",
    };

    /// <summary><c>to be drained by reader[8] (stopped)</c>; those of the first one's role, three at most.</summary>
    internal static string Parties(Wait wait)
    {
        if (wait.Parties.Count == 0)
        {
            return wait.Call.Flow.Operation == Operation.Open ? $"nobody has it open for {OtherWay(wait.Call)}"
                : wait.LostOwner != 0 ? $"held by thread {wait.LostOwner}, which is gone" : "";
        }
        PartyRole role = wait.Parties[0].Role;
        Party[] same = [.. wait.Parties.Where(party => party.Role == role)];
        string hint = role != PartyRole.Sharer && wait.Parties.Any(party => party.Role == PartyRole.Sharer)
            ? $", {Of([.. wait.Parties.Where(party => party.Role == PartyRole.Sharer)])}" : "";
        return Of(same) + hint;
    }

    private static string OtherWay(CallInProgress call) => call.OpensToWrite ? "reading" : "writing";

    private static string Of(Party[] same)
    {
        string more = same.Length > Shown ? $" +{same.Length - Shown}" : "";
        return $"{Wait.Words(same[0].Role)} {string.Join(", ", same.Take(Shown).Select(Party))}{more}";
    }

    private static string Party(Party party) => party.Doing.Length > 0 ? $"{party.Label} ({party.Doing})" : party.Label;
}
