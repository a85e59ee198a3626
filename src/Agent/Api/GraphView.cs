using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Nodes and edges, grouped.</summary>
internal sealed class GraphView
{
    private const int MostChannels = 20;

    private readonly Dictionary<string, ViewNode> _nodes = [];
    private readonly Dictionary<(string, string, Mechanism), ViewEdge> _edges = [];
    private readonly Places? _places;

    /// <summary>Groups edges.</summary>
    /// <param name="edges">Between processes.</param>
    /// <param name="group">What a node is.</param>
    /// <param name="processes">Where processes run, by id.</param>
    /// <param name="places">The same of all others.</param>
    public GraphView(IEnumerable<EdgeRow> edges, ApiGroup group, IReadOnlyDictionary<string, ProcessRow> processes, Places? places = null)
    {
        _places = places;
        foreach (EdgeRow edge in edges)
        {
            string source = NodeOf(edge.Source, group, processes);
            string destination = NodeOf(edge.Destination, group, processes);
            ViewEdge sum = CollectionsMarshal.GetValueRefOrAddDefault(_edges, (source, destination, edge.Edge.Mechanism), out _) ??= new ViewEdge
            {
                Id = $"{source}~{destination}~{Export.Words.Mechanisms[(int)edge.Edge.Mechanism]}",
                Source = source,
                Destination = destination,
                Mechanism = edge.Edge.Mechanism,
            };
            Add(sum, edge);
        }
    }

    /// <summary>The nodes.</summary>
    public IReadOnlyCollection<ViewNode> Nodes => _nodes.Values;

    /// <summary>The edges.</summary>
    public IReadOnlyCollection<ViewEdge> Edges => _edges.Values;

    /// <summary>A process, or what else is at an end of an edge.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="party">It.</param>
    /// <param name="processes">Where processes run, by id.</param>
    public static ViewNode Node(string id, Party party, IReadOnlyDictionary<string, ProcessRow> processes) => party.Kind == PartyKind.Process
        ? new ViewNode(id, "process", party.Name, party.Process.Key, processes.TryGetValue(id, out ProcessRow? row) ? row.Place : Place.Host)
        : new ViewNode(id, party.Kind.ToString().ToLowerInvariant(), party.Kind == PartyKind.Unknown ? "unknown" : party.Name, null, Place.Host);

    private static void Add(ViewEdge sum, EdgeRow edge)
    {
        sum.Operations += edge.Edge.Operations;
        sum.Bytes += edge.Edge.Bytes;
        sum.OperationRate += edge.Edge.OperationRate;
        sum.ByteRate += edge.Edge.ByteRate;
        sum.WaitShare = Math.Max(sum.WaitShare, edge.WaitShare);
        sum.Certainty = (Certainty)Math.Max((byte)sum.Certainty, (byte)edge.Edge.Certainty);
        DurationBuckets delivery = sum.Delivery;
        delivery.Add(edge.Delivery);
        sum.Delivery = delivery;
        sum.Channels.AddRange(edge.Channels.Except(sum.Channels).Take(MostChannels - sum.Channels.Count));
    }

    private string NodeOf(Party party, ApiGroup group, IReadOnlyDictionary<string, ProcessRow> processes)
    {
        string id = Ids.Of(party);
        ViewNode node = Node(id, party, processes);
        if (party.Kind == PartyKind.Process)
        {
            Place place = processes.ContainsKey(id) ? node.Place : _places?.Of(party.Process) ?? Place.Host;
            node = group switch
            {
                ApiGroup.Name => new($"name-{Ids.Plain(party.Name)}", "name", party.Name, null, Place.Host),
                ApiGroup.Container when place.Container.Length > 0 => new($"container-{Ids.Plain(place.ContainerId.Length > 0 ? place.ContainerId : place.Container)}", "container", place.Container, null, place),
                ApiGroup.Pod when place.Pod.Length > 0 => new($"pod-{Ids.Plain(place.PodUid.Length > 0 ? place.PodUid : place.Pod)}", "pod", place.Pod, null, place with { Container = "" }),
                ApiGroup.Process => node with { Place = place },
                _ => new("host", "host", "host", null, Place.Host),
            };
        }
        _nodes.TryAdd(node.Id, node);
        return node.Id;
    }
}
