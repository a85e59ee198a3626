namespace Ipcscope.Dashboard.State;

/// <summary>What agents tell of, a collection each, in the order of their messages.</summary>
internal enum Kind
{
    /// <summary>Channels.</summary>
    Channels,
    /// <summary>Processes.</summary>
    Processes,
    /// <summary>Nodes of the graph.</summary>
    Nodes,
    /// <summary>Its edges.</summary>
    Edges,
    /// <summary>Findings.</summary>
    Findings,
}
