using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>What went from one to another by one mechanism, with its rate.</summary>
internal sealed class EdgeRate(Party source, Party destination, Mechanism mechanism)
{
    /// <summary>Who put in.</summary>
    public Party Source { get; set; } = source;

    /// <summary>Who took out.</summary>
    public Party Destination { get; set; } = destination;

    /// <summary>By which mechanism.</summary>
    public Mechanism Mechanism => mechanism;

    /// <summary>Operations of the source.</summary>
    public ulong Operations { get; set; }

    /// <summary>Bytes of the source.</summary>
    public ulong Bytes { get; set; }

    /// <summary>How well the destination is known.</summary>
    public Certainty Certainty { get; set; }

    /// <summary>Operations a second.</summary>
    public double OperationRate { get; set; }

    /// <summary>Bytes a second.</summary>
    public double ByteRate { get; set; }

    /// <summary>Whether both live, or it moved something lately.</summary>
    public bool IsShown => OperationRate > 0 || (Lives(Source) && Lives(Destination));

    private static bool Lives(Party party) => party.Kind != PartyKind.Process || party.Process.EndedAt == 0;
}
