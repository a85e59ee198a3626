using Ipcscope.Ends;

namespace Ipcscope.Waits;

/// <summary>Why a process could end somebody's wait.</summary>
public enum PartyRole
{
    /// <summary>It could take out what the channel is full of.</summary>
    Reader,
    /// <summary>It could write what is waited for.</summary>
    Writer,
    /// <summary>It holds the lock: the lock's word says so.</summary>
    Owner,
    /// <summary>It changed the semaphore last, which is now too low: it took it, or never released it.</summary>
    Changer,
    /// <summary>It has the memory that the lock lies in, or uses the semaphore set: it could release it.</summary>
    User,
    /// <summary>It woke those who waited there last.</summary>
    Waker,
    /// <summary>It shares memory with the server that owes the answer, which waits for somebody who does.</summary>
    Sharer,
}

/// <summary>A process that could end a wait.</summary>
/// <param name="Pid">Its pid; 0: the kernel.</param>
/// <param name="Tid">The only one of its threads that can; 0: any can.</param>
/// <param name="Name">Name of the process.</param>
/// <param name="Role">Why it could.</param>
/// <param name="Certainty">How well that is known.</param>
/// <param name="Doing">What it does instead: <c>stopped</c>, <c>in read of pipe:[7] for 3 s</c>.</param>
public sealed record Party(uint Pid, uint Tid, string Name, PartyRole Role, Certainty Certainty, string Doing)
{
    /// <summary><c>name[pid]</c>.</summary>
    public string Label => Pid == 0 ? Name : $"{Name}[{Pid}]";
}

/// <summary>A call that waits, and who could end that.</summary>
/// <param name="Call">The call.</param>
/// <param name="Parties">Who could end it, as far as that is known; who is most likely to first.</param>
/// <param name="IsClosed">Whether nobody else could: not without getting hold of the channel first.</param>
/// <param name="LostOwner">The thread that the lock's word names although it is gone; 0: none.</param>
public sealed record Wait(CallInProgress Call, IReadOnlyList<Party> Parties, bool IsClosed, uint LostOwner = 0)
{
    /// <summary>The words that stand before the parties of a role.</summary>
    public static string Words(PartyRole role) => role switch
    {
        PartyRole.Reader => "to be drained by",
        PartyRole.Writer => "to be written by",
        PartyRole.Owner => "held by",
        PartyRole.Changer => "last changed by",
        PartyRole.Waker => "last released by",
        PartyRole.Sharer => "perhaps held up by",
        _ => "to be released by",
    };
}
