using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>
/// Remembers edges from one look to the next. Edges are told of at a pace of their own, which is the time that rates are over. One that is as before stays the
/// same object. For one thread at a time.
/// </summary>
/// <param name="table">The edges.</param>
internal sealed class EdgeWatch(EdgeTable table)
{
    private readonly Dictionary<(string Source, string Destination, Mechanism Mechanism), Sum> _sums = [];
    private readonly Dictionary<Party, string> _ids = [];
    private Dictionary<(string Source, string Destination, Mechanism Mechanism), EdgeRate> _edges = [];
    private EdgeSample[] _buffer = [];
    private ulong _settled;

    private struct Sum
    {
        public Party Source;
        public Party Destination;
        public ulong Operations;
        public ulong Bytes;
        public Certainty Certainty;
        public bool WasLeftOut;
    }

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
        double seconds = _settled == 0 ? 0 : (settled - _settled) * 1e-9;
        _settled = settled;
        int count = table.CopyRecent(ref _buffer);
        if (_ids.Count > 4 * count + 64)
        {
            _ids.Clear(); // of those that are gone
        }
        _sums.Clear();
        foreach (ref readonly EdgeSample sample in _buffer.AsSpan(0, count))
        {
            Add(sample);
        }
        Dictionary<(string, string, Mechanism), EdgeRate> edges = new(_sums.Count);
        foreach (((string, string, Mechanism) key, Sum sum) in _sums)
        {
            edges.Add(key, Rate(key, sum, _edges.GetValueOrDefault(key), seconds));
        }
        _edges = edges;
    }

    // Images of one process are one here: the one that runs stands for all.
    private void Add(in EdgeSample sample)
    {
        ref Sum sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (IdOf(sample.Source), IdOf(sample.Destination), sample.Mechanism), out bool known);
        sum.Operations += sample.Operations;
        sum.Bytes += sample.Bytes;
        sum.Certainty = (Certainty)Math.Max((byte)sum.Certainty, (byte)sample.Certainty);
        sum.WasLeftOut |= sample.WasLeftOut;
        sum.Source = !known || sample.Source.Process.EndedAt == 0 ? sample.Source : sum.Source;
        sum.Destination = !known || sample.Destination.Process.EndedAt == 0 ? sample.Destination : sum.Destination;
    }

    private static EdgeRate Rate((string, string, Mechanism) key, in Sum sum, EdgeRate? before, double seconds)
    {
        // Of one that was left out meanwhile it is not known how much of it is new.
        (ulong operations, ulong bytes) = before is not null ? (before.Operations, before.Bytes) : sum.WasLeftOut ? (sum.Operations, sum.Bytes) : (0, 0);
        double operationRate = seconds > 0 && sum.Operations > operations ? (sum.Operations - operations) / seconds : 0;
        double byteRate = seconds > 0 && sum.Bytes > bytes ? (sum.Bytes - bytes) / seconds : 0;
        bool same = before is not null && sum.Operations == operations && sum.Bytes == bytes && before.OperationRate == 0 && before.ByteRate == 0
            && before.Certainty == sum.Certainty && ReferenceEquals(before.Source, sum.Source) && ReferenceEquals(before.Destination, sum.Destination);
        return same ? before! : new EdgeRate(key, sum.Source, sum.Destination)
        {
            Name = before?.Name ?? new EdgeName(key.Item1, key.Item2, key.Item3),
            Operations = sum.Operations,
            Bytes = sum.Bytes,
            Certainty = sum.Certainty,
            OperationRate = operationRate,
            ByteRate = byteRate,
        };
    }

    private string IdOf(Party party) => CollectionsMarshal.GetValueRefOrAddDefault(_ids, party, out _) ??= Ids.Of(party);
}
