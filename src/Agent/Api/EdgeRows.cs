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

    private readonly Dictionary<(string Source, string Destination, Mechanism Mechanism), EdgeDetail> _details = [];
    private readonly HashSet<(string Process, Mechanism Mechanism)> _used = [];
    private Dictionary<EdgeName, EdgeRow> _rows = new(ReferenceEqualityComparer.Instance);
    private uint _look;
    private uint _version = 1; // of the keys of _details

    /// <summary>The edges of which an end uses one of these channels' mechanisms in a way that the filter lets through.</summary>
    /// <param name="channels">Those that the filter lets through.</param>
    /// <param name="edges">All edges.</param>
    /// <param name="seconds">Since the look before.</param>
    public IReadOnlyCollection<EdgeRow> Join(IReadOnlyCollection<ChannelRow> channels, IReadOnlyCollection<EdgeRate> edges, double seconds)
    {
        Read(channels, edges);
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
        EdgeDetail detail = _details.GetValueOrDefault(edge.Key) ?? EdgeDetail.Nothing;
        double share = detail.Waits ? 1 : seconds > 0 ? Math.Min(1, detail.Waited * 1e-9 / seconds) : 0;
        if (before is null)
        {
            return new EdgeRow(edge, [.. detail.Channels], detail.Delivery, share);
        }
        return ReferenceEquals(before.Edge, edge) && before.IsSame(detail.Channels, detail.Delivery, share) ? before
            : new EdgeRow(edge, before.Channels.SequenceEqual(detail.Channels) ? before.Channels : [.. detail.Channels], detail.Delivery, share);
    }

    private void Read(IReadOnlyCollection<ChannelRow> channels, IReadOnlyCollection<EdgeRate> edges)
    {
        Begin(edges);
        _used.Clear();
        foreach (ChannelRow channel in channels)
        {
            Read(channel);
        }
    }

    private void Begin(IReadOnlyCollection<EdgeRate> edges)
    {
        _look++;
        bool others = false;
        foreach (EdgeRate edge in edges)
        {
            ref EdgeDetail? detail = ref CollectionsMarshal.GetValueRefOrAddDefault(_details, edge.Key, out bool known);
            (detail ??= new EdgeDetail()).Begin(_look);
            others |= !known;
        }
        if (_details.Count > edges.Count)
        {
            others = true;
            foreach (((string, string, Mechanism) key, EdgeDetail detail) in _details)
            {
                if (detail.Look != _look)
                {
                    _details.Remove(key);
                }
            }
        }
        _version += others ? 1U : 0;
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
            if (part.Find(_version, _details, mechanism) is not { } detail)
            {
                continue;
            }
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
