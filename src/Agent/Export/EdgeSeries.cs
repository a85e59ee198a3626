using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Export;

/// <summary>What the page shows of all edges with one set of labels. Numbers only grow.</summary>
internal sealed class EdgeSeries(string source, string destination, Mechanism mechanism)
{
    private EdgeSeries? _foldedInto;

    /// <summary>By which mechanism.</summary>
    public Mechanism Mechanism { get; } = mechanism;

    /// <summary>All labels as they stand on the page, without braces.</summary>
    public byte[] Labels { get; } = Encoding.UTF8.GetBytes(
        $"{source}{(source.Length > 0 ? "," : "")}{destination}{(destination.Length > 0 ? "," : "")}mechanism=\"{Words.Mechanisms[(int)mechanism]}\"");

    /// <summary>Operations of its sources.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Bytes that they put in.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>Operations of late: those since the last update, and half of what this number was before.</summary>
    public ulong Activity { get; set; }

    /// <summary>How many edges feed it.</summary>
    public int Members { get; set; }

    /// <summary>Whether its counts go to <c>other</c>.</summary>
    public bool IsFolded => _foldedInto is not null;

    /// <summary>Where its counts go.</summary>
    public EdgeSeries Target => _foldedInto ?? this;

    /// <summary>Adds to it.</summary>
    public void Add(ulong operations, ulong bytes) => (Operations, Bytes, Activity) = (Operations + operations, Bytes + bytes, Activity + operations);

    /// <summary>Hands all counts to <paramref name="other"/>, and those to come.</summary>
    public void FoldInto(EdgeSeries other)
    {
        other.Add(Operations, Bytes);
        _foldedInto = other;
    }
}
