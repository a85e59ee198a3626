using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>What is at one end of an edge.</summary>
public enum PartyKind : byte
{
    /// <summary>A process.</summary>
    Process,
    /// <summary>The kernel.</summary>
    Kernel,
    /// <summary>An address that is not on this machine.</summary>
    Remote,
    /// <summary>It cannot be told.</summary>
    Unknown,
    /// <summary>Processes that are not told apart, because there was no slot for their flows.</summary>
    Other,
}

/// <summary>Who is at one end of an edge. One instance stands for one process image, or one address.</summary>
public sealed class Party
{
    internal Party(PartyKind kind, Process process, bool isTracked = true) => (Kind, Process, IsTracked) = (kind, process, isTracked);

    /// <summary>What it is.</summary>
    public PartyKind Kind { get; }

    /// <summary>The process. Of anything else only its name means something: <c>kernel</c>, <c>10.0.0.7:443</c>, nothing.</summary>
    public Process Process { get; internal set; }

    /// <summary>Name of the process's thread-group leader, or the address.</summary>
    public string Name => Process.Name;

    /// <summary>Whether the flow table says when it ends.</summary>
    internal bool IsTracked { get; set; }
}
