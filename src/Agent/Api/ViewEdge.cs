using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>An edge between two nodes.</summary>
internal sealed class ViewEdge
{
    /// <summary>What it is called.</summary>
    public required string Id { get; init; }

    /// <summary>Id of a node.</summary>
    public required string Source { get; init; }

    /// <summary>Id of a node.</summary>
    public required string Destination { get; init; }

    /// <summary>By which mechanism.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>Operations of the source.</summary>
    public ulong Operations { get; set; }

    /// <summary>Bytes of the source.</summary>
    public ulong Bytes { get; set; }

    /// <summary>Operations a second.</summary>
    public double OperationRate { get; set; }

    /// <summary>Bytes a second.</summary>
    public double ByteRate { get; set; }

    /// <summary>The largest of its parts.</summary>
    public double WaitShare { get; set; }

    /// <summary>The worst of its parts.</summary>
    public Certainty Certainty { get; set; }

    /// <summary>Time in the queue.</summary>
    public DurationBuckets Delivery { get; set; }

    /// <summary>Through which channels.</summary>
    public List<string> Channels { get; } = [];
}
