using Ipcscope.Edges;

namespace Ipcscope.Cli;

/// <summary>A node of the graph: what its parties have in common.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Name">Name of the processes, an address, a container, a pod; empty if it cannot be told.</param>
/// <param name="Pid">Its number, where a node is a process; else 0.</param>
internal readonly record struct GraphNode(PartyKind Kind, string Name, uint Pid)
{
    /// <summary>What people read: <c>sh</c>, <c>sh[77]</c>, <c>kernel</c>, <c>10.0.0.7:443 remote</c>, <c>unknown</c>.</summary>
    public string Label => Kind switch
    {
        PartyKind.Remote => $"{Name} remote",
        PartyKind.Unknown => "unknown",
        _ => Pid != 0 ? $"{Name}[{Pid}]" : Name,
    };

    /// <summary>The node that a party belongs to.</summary>
    /// <param name="party">Who.</param>
    /// <param name="group">What a node is.</param>
    /// <param name="places">Tells the container and pod of processes.</param>
    public static GraphNode Of(Party party, GraphGroup group, GraphPlaces places) => (party.Kind, group) switch
    {
        (not PartyKind.Process, _) => new(party.Kind, party.Name, 0),
        (_, GraphGroup.Pid) => new(party.Kind, party.Name, party.Process.Key.Pid),
        (_, GraphGroup.Container) => new(party.Kind, places.Container(party.Process), 0),
        (_, GraphGroup.Pod) => new(party.Kind, places.Pod(party.Process), 0),
        _ => new(party.Kind, party.Name, 0),
    };
}
