using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Joins edges with the channels that they go through, look by look: an edge that is as before stays the same object. For one thread at a time.</summary>
/// <param name="filter">What is let through; null: everything.</param>
internal sealed class EdgeRows(FilterExpression? filter)
{
    private const int MostChannels = 20;

    private static readonly Detail Nothing = new();

    private readonly Dictionary<(string Source, string Destination, Mechanism Mechanism), Detail> _details = [];
    private readonly HashSet<(string Process, Mechanism Mechanism)> _used = [];
    private Dictionary<EdgeName, EdgeRow> _rows = new(ReferenceEqualityComparer.Instance);

    private sealed class Detail
    {
        public List<string> Channels { get; } = [];

        public DurationBuckets Delivery;

        public ulong Waited;

        public bool Waits;

        public void Clear()
        {
            Channels.Clear();
            (Delivery, Waited, Waits) = (default, 0, false);
        }
    }

    /// <summary>The edges of which an end uses one of these channels' mechanisms in a way that the filter lets through.</summary>
    /// <param name="channels">Those that the filter lets through.</param>
    /// <param name="edges">All edges.</param>
    /// <param name="seconds">Since the look before.</param>
    public IReadOnlyCollection<EdgeRow> Join(IReadOnlyCollection<ChannelRow> channels, IReadOnlyCollection<EdgeRate> edges, double seconds)
    {
        Read(channels, edges.Count);
        Dictionary<EdgeName, EdgeRow> rows = new(edges.Count, ReferenceEqualityComparer.Instance);
        foreach (EdgeRate edge in edges)
        {
            if (edge.IsShown && (filter is null || _used.Contains((edge.SourceId, edge.Mechanism)) || _used.Contains((edge.DestinationId, edge.Mechanism))))
            {
                rows.Add(edge.Name, Join(edge, _rows.GetValueOrDefault(edge.Name), seconds));
            }
        }
        _rows = rows;
        return rows.Values;
    }

    private EdgeRow Join(EdgeRate edge, EdgeRow? before, double seconds)
    {
        Detail detail = _details.GetValueOrDefault(edge.Key) ?? Nothing;
        double share = detail.Waits ? 1 : seconds > 0 ? Math.Min(1, detail.Waited * 1e-9 / seconds) : 0;
        return before is not null && ReferenceEquals(before.Edge, edge) && before.IsSame(detail.Channels, detail.Delivery, share) ? before : new EdgeRow(edge, before is not null && before.Channels.SequenceEqual(detail.Channels) ? before.Channels : [.. detail.Channels], detail.Delivery, share);
    }

    private void Read(IReadOnlyCollection<ChannelRow> channels, int edges)
    {
        if (_details.Count > 2 * edges + 64)
        {
            _details.Clear(); // of edges that are gone
        }
        foreach (Detail detail in _details.Values)
        {
            detail.Clear();
        }
        _used.Clear();
        foreach (ChannelRow channel in channels)
        {
            Read(channel);
        }
    }

    private void Read(ChannelRow channel)
    {
        Mechanism mechanism = channel.Channel.Mechanism;
        if (filter is not null)
        {
            _used.UnionWith(channel.Flows.Select(flow => (flow.User.Id, mechanism)));
            _used.UnionWith(channel.LongestWait is { } wait ? [(Ids.Of(wait.Call.Flow.Process), mechanism)] : []);
        }
        foreach (EdgePart part in channel.Parts)
        {
            Detail detail = CollectionsMarshal.GetValueRefOrAddDefault(_details, (part.Source, part.Destination, mechanism), out _) ??= new Detail();
            if (part.IsUsed && detail.Channels.Count < MostChannels)
            {
                detail.Channels.Add(channel.Id);
            }
            detail.Waited += part.Waited;
            detail.Waits |= part.Waits;
            foreach (Traced took in part.Took)
            {
                detail.Delivery.Add(took.Growth.Delivery);
            }
        }
    }
}
