namespace Ipcscope.Cli;

/// <summary>How a graph is written.</summary>
internal enum GraphFormat
{
    /// <summary>Columns for people.</summary>
    Table,
    /// <summary>For graphviz.</summary>
    Dot,
    /// <summary>For Markdown.</summary>
    Mermaid,
    /// <summary>One object a line, base units.</summary>
    Json,
}

/// <summary>What a node is.</summary>
internal enum GraphGroup
{
    /// <summary>All processes of one name.</summary>
    Process,
    /// <summary>One process.</summary>
    Pid,
    /// <summary>A container; processes in none are the host.</summary>
    Container,
    /// <summary>A pod; processes in none are the host.</summary>
    Pod,
}
