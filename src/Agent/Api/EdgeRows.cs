using System.Runtime.InteropServices;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>Joins edges with the channels that they go through.</summary>
internal sealed class EdgeRows
{
    private const int MostChannels = 20;
    private const int MostEndpoints = 32;

    private readonly Dictionary<(string Source, string Destination, Mechanism Mechanism), Detail> _details = [];
    private readonly HashSet<(string Process, Mechanism Mechanism)> _used = [];
    private readonly double _seconds;
    private readonly bool _all;

    private sealed class Detail
    {
        public List<string> Channels { get; } = [];

        public DurationBuckets Delivery;

        public ulong Waited;

        public bool Waits;
    }

    /// <summary>Reads channels.</summary>
    /// <param name="channels">Those that a filter lets through.</param>
    /// <param name="filter">That filter.</param>
    /// <param name="seconds">Since the look before.</param>
    public EdgeRows(IEnumerable<ChannelRow> channels, FilterExpression? filter, double seconds)
    {
        (_seconds, _all) = (seconds, filter is null);
        foreach (ChannelRow channel in channels)
        {
            Read(channel);
        }
    }

    /// <summary>The edges of which an end uses one of these channels' mechanisms in a way that the filter lets through.</summary>
    public IReadOnlyList<EdgeRow> Join(IEnumerable<EdgeRate> edges)
    {
        List<EdgeRow> rows = [];
        foreach (EdgeRate edge in edges.Where(edge => edge.IsShown))
        {
            (string source, string destination) = (Ids.Of(edge.Source), Ids.Of(edge.Destination));
            if (_all || _used.Contains((source, edge.Mechanism)) || _used.Contains((destination, edge.Mechanism)))
            {
                Detail detail = _details.GetValueOrDefault((source, destination, edge.Mechanism)) ?? new();
                double share = detail.Waits ? 1 : _seconds > 0 ? Math.Min(1, detail.Waited * 1e-9 / _seconds) : 0;
                rows.Add(new EdgeRow(edge, detail.Channels, detail.Delivery, share));
            }
        }
        return rows;
    }

    private void Read(ChannelRow channel)
    {
        Mechanism mechanism = channel.Channel.Mechanism;
        string[] ends = [.. channel.Endpoints.Take(MostEndpoints).Select(end => Ids.Of(end.Process)).Distinct()];
        foreach (Traced flow in channel.Flows)
        {
            string own = Ids.Of(flow.Process.Key);
            _used.Add((own, mechanism));
            foreach (string other in ends)
            {
                if (flow.Direction == DataDirection.Out)
                {
                    Detail detail = Of(own, other, mechanism);
                    Use(detail, channel);
                    detail.Waited += flow.Grew && WaitReasons.Reason(mechanism, flow.Operation) is WaitReason.Full or WaitReason.Lock ? flow.Growth.WaitNs : 0;
                }
                else if (flow.Direction == DataDirection.In)
                {
                    Detail detail = Of(other, own, mechanism);
                    Use(detail, channel);
                    for (int i = 0; flow.Grew && i < DurationBuckets.Count; i++)
                    {
                        detail.Delivery[i] += flow.Growth.Delivery[i];
                    }
                }
            }
        }
        if (channel.LongestWait is { } wait)
        {
            string waiting = Ids.Of(wait.Call.Flow.Process);
            _used.Add((waiting, mechanism));
            foreach (string other in ends.Where(end => end != waiting))
            {
                Of(waiting, other, mechanism).Waits = true;
            }
        }
    }

    private static void Use(Detail detail, ChannelRow channel)
    {
        if (detail.Channels.Count < MostChannels && (detail.Channels.Count == 0 || detail.Channels[^1] != channel.Id))
        {
            detail.Channels.Add(channel.Id);
        }
    }

    private Detail Of(string source, string destination, Mechanism mechanism) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_details, (source, destination, mechanism), out _) ??= new Detail();
}
