using Ipcscope.Decode;

namespace Ipcscope.Api;

/// <summary>An edge with what channels tell of it.</summary>
/// <param name="Edge">What went along it.</param>
/// <param name="Channels">Through which channels, twenty at most.</param>
/// <param name="Delivery">Time in the queue of what the destination took, by buckets.</param>
/// <param name="WaitShare">The part of the time that the source waited for room or a lock, 0 to 1.</param>
internal sealed record EdgeRow(EdgeRate Edge, IReadOnlyList<string> Channels, DurationBuckets Delivery, double WaitShare)
{
    /// <summary>Its source.</summary>
    public Edges.Party Source => Edge.Source;

    /// <summary>Its destination.</summary>
    public Edges.Party Destination => Edge.Destination;
}
