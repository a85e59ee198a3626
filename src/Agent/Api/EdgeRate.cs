using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>What went from one to another by one mechanism, with its rate.</summary>
/// <param name="Key">Between whom, by their ids.</param>
/// <param name="Source">Who put in.</param>
/// <param name="Destination">Who took out.</param>
internal sealed record EdgeRate((string Source, string Destination, Mechanism Mechanism) Key, Party Source, Party Destination)
{
    /// <summary>What it is called.</summary>
    public required EdgeName Name { get; init; }

    /// <summary>The same in addresses.</summary>
    public string Id => Name.Id;

    /// <summary>Id of who put in.</summary>
    public string SourceId => Key.Source;

    /// <summary>Id of who took out.</summary>
    public string DestinationId => Key.Destination;

    /// <summary>By which mechanism.</summary>
    public Mechanism Mechanism => Key.Mechanism;

    /// <summary>Operations of the source.</summary>
    public ulong Operations { get; init; }

    /// <summary>Bytes of the source.</summary>
    public ulong Bytes { get; init; }

    /// <summary>How well the destination is known.</summary>
    public Certainty Certainty { get; init; }

    /// <summary>Operations a second.</summary>
    public double OperationRate { get; init; }

    /// <summary>Bytes a second.</summary>
    public double ByteRate { get; init; }

    /// <summary>Whether both live, or it moved something lately.</summary>
    public bool IsShown => OperationRate > 0 || (Lives(Source) && Lives(Destination));

    private static bool Lives(Party party) => party.Kind != PartyKind.Process || party.Process.EndedAt == 0;
}
