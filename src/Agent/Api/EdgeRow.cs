using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>An edge with what channels tell of it.</summary>
/// <param name="edge">What went along it.</param>
/// <param name="channels">Through which channels, twenty at most.</param>
/// <param name="delivery">Time in the queue of what the destination took, by buckets.</param>
/// <param name="waitShare">The part of the time that the source waited for room or a lock, 0 to 1.</param>
internal sealed class EdgeRow(EdgeRate edge, IReadOnlyList<string> channels, in DurationBuckets delivery, double waitShare)
{
    private readonly DurationBuckets _delivery = delivery;

    /// <summary>What went along it.</summary>
    public EdgeRate Edge => edge;

    /// <summary>Through which channels, twenty at most.</summary>
    public IReadOnlyList<string> Channels => channels;

    /// <summary>Time in the queue of what the destination took, by buckets.</summary>
    public ref readonly DurationBuckets Delivery => ref _delivery;

    /// <summary>The part of the time that the source waited for room or a lock, 0 to 1.</summary>
    public double WaitShare => waitShare;

    /// <summary>Its source.</summary>
    public Edges.Party Source => edge.Source;

    /// <summary>Its destination.</summary>
    public Edges.Party Destination => edge.Destination;

    /// <summary>Whether channels tell the same of it.</summary>
    public bool IsSame(List<string> others, in DurationBuckets times, double share) =>
        waitShare == share && ((ReadOnlySpan<ulong>)_delivery).SequenceEqual(times) && channels.SequenceEqual(others);
}
