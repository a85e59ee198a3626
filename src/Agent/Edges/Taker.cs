using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>One who takes out of a channel: what it took, and what edges say it got. In the end both are the same.</summary>
internal sealed class Taker(Party party)
{
    private ulong _freshBytes;
    private ulong _freshOperations;

    public Party Party => party;

    public ulong Bytes { get; private set; }

    public ulong Operations { get; private set; }

    /// <summary>Taken, and not accounted for by an edge yet.</summary>
    public ulong DueBytes => Bytes > GivenBytes ? Bytes - GivenBytes : 0;

    /// <summary>Taken, and not accounted for by an edge yet.</summary>
    public ulong DueOperations => Operations > GivenOperations ? Operations - GivenOperations : 0;

    /// <summary>Taken in the last interval in which anybody took something.</summary>
    public ulong RecentBytes { get; private set; }

    /// <summary>Taken in the last interval in which anybody took something.</summary>
    public ulong RecentOperations { get; private set; }

    /// <summary>Whether it has taken anything that is not accounted for, or was the last to take.</summary>
    public bool HasTaken => (DueBytes | DueOperations | RecentBytes | RecentOperations) != 0;

    private ulong GivenBytes { get; set; }

    private ulong GivenOperations { get; set; }

    public bool IsFresh => _freshOperations > 0;

    public void Take(ulong operations, ulong bytes)
    {
        (Operations, Bytes) = (Operations + operations, Bytes + bytes);
        (_freshOperations, _freshBytes) = (_freshOperations + operations, _freshBytes + bytes);
    }

    public void Give(ulong operations, ulong bytes) => (GivenOperations, GivenBytes) = (GivenOperations + operations, GivenBytes + bytes);

    /// <summary>An interval ends in which somebody took something.</summary>
    public void EndInterval()
    {
        (RecentOperations, RecentBytes) = (_freshOperations, _freshBytes);
        (_freshOperations, _freshBytes) = (0, 0);
    }
}

/// <summary>What one flow put in and no edge tells of yet.</summary>
internal sealed class Feed(FlowMove move, Party source)
{
    public FlowMove Move => move;

    public Party Source => source;

    public ulong Operations { get; private set; }

    public ulong Bytes { get; private set; }

    public void Add(ulong operations, ulong bytes) => (Operations, Bytes) = (Operations + operations, Bytes + bytes);
}
