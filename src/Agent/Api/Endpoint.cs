using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Api;

/// <summary>Somebody at an end of a channel.</summary>
internal sealed class Endpoint
{
    /// <summary>Who.</summary>
    public required ProcessKey Process { get; init; }

    /// <summary>What that is called in addresses.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the process.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs.</summary>
    public required Place Place { get; init; }

    /// <summary>What it does, or can do, with the channel.</summary>
    public Ends.Access Access { get; set; }

    /// <summary>How well that is known.</summary>
    public Ends.Certainty Certainty { get; set; }

    /// <summary>Whether it has the other socket.</summary>
    public bool IsPeer { get; init; }
}
