namespace Ipcscope.Api;

/// <summary>What a node of the graph is.</summary>
internal enum ApiGroup
{
    /// <summary>A process.</summary>
    Process,
    /// <summary>All processes of one name.</summary>
    Name,
    /// <summary>A container; processes in none are the host.</summary>
    Container,
    /// <summary>A pod; processes in none are the host.</summary>
    Pod,
}
