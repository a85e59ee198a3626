using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>Remembers edges from one look to the next. Edges are told of at a pace of their own, which is the time that rates are over. For one thread at a time.</summary>
/// <param name="table">The edges.</param>
internal sealed class EdgeWatch(EdgeTable table)
{
    private readonly Dictionary<(string Source, string Destination, Mechanism Mechanism), EdgeRate> _edges = [];
    private EdgeSample[] _buffer = [];
    private ulong _settled;

    /// <summary>All edges between processes, exec or not.</summary>
    public IReadOnlyCollection<EdgeRate> Edges => _edges.Values;

    /// <summary>Looks.</summary>
    public void Look()
    {
        ulong settled = table.SettledAt;
        if (settled == _settled)
        {
            return;
        }
        int count = table.Copy(ref _buffer);
        Dictionary<(string, string, Mechanism), (ulong Operations, ulong Bytes)> before = [];
        foreach (((string, string, Mechanism) key, EdgeRate edge) in _edges)
        {
            before.Add(key, (edge.Operations, edge.Bytes));
        }
        double seconds = _settled == 0 ? 0 : (settled - _settled) * 1e-9;
        _settled = settled;
        _edges.Clear();
        foreach (ref readonly EdgeSample sample in _buffer.AsSpan(0, count))
        {
            (string, string, Mechanism) key = (Ids.Of(sample.Source), Ids.Of(sample.Destination), sample.Mechanism);
            if (!_edges.TryGetValue(key, out EdgeRate? edge))
            {
                _edges.Add(key, edge = new EdgeRate(sample.Source, sample.Destination, sample.Mechanism));
            }
            Add(edge, sample);
        }
        foreach (((string, string, Mechanism) key, EdgeRate edge) in _edges)
        {
            (ulong operations, ulong bytes) = before.GetValueOrDefault(key);
            edge.OperationRate = seconds > 0 && edge.Operations > operations ? (edge.Operations - operations) / seconds : 0;
            edge.ByteRate = seconds > 0 && edge.Bytes > bytes ? (edge.Bytes - bytes) / seconds : 0;
        }
    }

    // Images of one process are one here: the one that runs stands for all.
    private static void Add(EdgeRate edge, in EdgeSample sample)
    {
        edge.Operations += sample.Operations;
        edge.Bytes += sample.Bytes;
        edge.Certainty = (Certainty)Math.Max((byte)edge.Certainty, (byte)sample.Certainty);
        edge.Source = sample.Source.Process.EndedAt == 0 ? sample.Source : edge.Source;
        edge.Destination = sample.Destination.Process.EndedAt == 0 ? sample.Destination : edge.Destination;
    }
}
