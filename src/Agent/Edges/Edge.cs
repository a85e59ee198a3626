using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Edges;

/// <summary>What went from one to another by one mechanism, since the start. Only grows.</summary>
/// <param name="Source">Who put it in.</param>
/// <param name="Destination">Who took it out, or could.</param>
/// <param name="Mechanism">By which mechanism.</param>
/// <param name="Operations">Operations of the source that succeeded.</param>
/// <param name="Bytes">Bytes that the source put in.</param>
/// <param name="Certainty">How well the destination is known: as well as the worst of all that counts here.</param>
public readonly record struct EdgeSample(
    Party Source, Party Destination, Mechanism Mechanism, ulong Operations, ulong Bytes, Certainty Certainty)
{
    /// <summary>Whether it was left out of a copy of recent edges before: it is none that has just begun.</summary>
    public bool WasLeftOut { get; init; }
}

/// <summary>An edge of the table.</summary>
internal sealed class Edge(Party source, Party destination)
{
    private ulong _noted; // Changed, when it was looked at last

    public Party Source => source;

    public Party Destination => destination;

    public ulong Operations { get; private set; }

    public ulong Bytes { get; private set; }

    public Certainty Certainty { get; private set; }

    /// <summary>The settlement that added to it last.</summary>
    public ulong Changed { get; set; }

    /// <summary><see cref="EdgeSample.WasLeftOut"/>.</summary>
    public bool WasLeftOut { get; set; }

    /// <summary>Whether both ends are there yet.</summary>
    public bool Lives => Lasts(source) && Lasts(destination);

    public void Add(ulong operations, ulong bytes, Certainty certainty)
    {
        Operations += operations;
        Bytes += bytes;
        Certainty = (Certainty)Math.Max((byte)Certainty, (byte)certainty);
    }

    /// <summary>Since when nothing more is expected of it, as far as <see cref="Note"/> was told; CLOCK_MONOTONIC nanoseconds; 0: it may go on at any time.</summary>
    public ulong RestsSince { get; private set; }

    /// <summary>Looks whether it rests: an end has gone or is on another machine, where nobody sees it go, and nothing was added since the last time.</summary>
    /// <param name="now">CLOCK_MONOTONIC nanoseconds.</param>
    public void Note(ulong now)
    {
        if (!MayGo(source) && !MayGo(destination))
        {
            RestsSince = 0;
        }
        else if (RestsSince == 0 || _noted != Changed)
        {
            RestsSince = now;
        }
        _noted = Changed;
    }

    private static bool Lasts(Party party) => party.Kind != PartyKind.Process || party.Process.EndedAt == 0;

    private static bool MayGo(Party party) => party.Kind == PartyKind.Remote || !Lasts(party);
}
