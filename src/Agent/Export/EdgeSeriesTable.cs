using System.Runtime.InteropServices;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Enrich;

namespace Ipcscope.Export;

/// <summary>
/// The edges that the page shows. Edges with equal labels are one series, which keeps the counts of edges that are gone and leaves with the last of
/// them. What is too much folds into one series a mechanism whose identity labels are all <c>other</c>. Not thread-safe.
/// </summary>
/// <param name="labels">The identity labels of both ends.</param>
/// <param name="places">Tells where processes run; null: by ids only.</param>
internal sealed class EdgeSeriesTable(IReadOnlyList<MetricLabel> labels, Places? places = null)
{
    private const string Source = "source_";
    private const string Destination = "destination_";

    private readonly IdentityLabels _source = new(labels, Source, places);
    private readonly IdentityLabels _destination = new(labels, Destination, places);
    private readonly Dictionary<(string, string, Mechanism), EdgeSeries> _series = [];
    private readonly Dictionary<(Party, Party, Mechanism), Member> _members = [];
    private uint _update;
    private int _version;

    /// <summary>The series to show.</summary>
    public IEnumerable<EdgeSeries> Series => _series.Values.Where(static series => !series.IsFolded);

    /// <summary>How many are shown.</summary>
    public int Shown { get; private set; }

    /// <summary>How many have been folded into <c>other</c> since the start.</summary>
    public long Folded { get; private set; }

    /// <summary>Takes the edges as they are now.</summary>
    /// <param name="edges">All of them.</param>
    /// <param name="limit">The most series shown, <c>other</c> apart.</param>
    public void Update(ReadOnlySpan<EdgeSample> edges, int limit)
    {
        _update++;
        foreach (EdgeSeries series in _series.Values)
        {
            series.Activity /= 2;
        }
        int version = _source.Version;
        if (version != _version)
        {
            _version = version;
            Rename();
        }
        foreach (ref readonly EdgeSample edge in edges)
        {
            Take(edge);
        }
        foreach (((Party, Party, Mechanism) key, Member member) in _members)
        {
            if (member.Update != _update)
            {
                _members.Remove(key);
                member.Series.Members--;
            }
        }
        foreach (((string, string, Mechanism) key, EdgeSeries series) in _series)
        {
            if (series.Members == 0 && !IsOther(key))
            {
                _series.Remove(key);
            }
        }
        Shown = Series.Count();
        if (Shown > limit) // else nothing is too much, other or not
        {
            Fold(limit);
            Shown = Series.Count();
        }
    }

    private void Take(in EdgeSample edge)
    {
        ref Member? member = ref CollectionsMarshal.GetValueRefOrAddDefault(_members, (edge.Source, edge.Destination, edge.Mechanism), out bool known);
        if (!known)
        {
            member = new Member(SeriesOf(_source.Of(edge.Source), _destination.Of(edge.Destination), edge.Mechanism));
            Folded += member.Series is { IsFolded: true, Members: 0 } ? 1 : 0;
            member.Series.Members++;
        }
        if (edge.Operations < member!.Operations || edge.Bytes < member.Bytes)
        {
            (member.Operations, member.Bytes) = (0, 0); // it had expired, and began anew
        }
        member.Series.Target.Add(edge.Operations - member.Operations, edge.Bytes - member.Bytes);
        (member.Operations, member.Bytes, member.Update) = (edge.Operations, edge.Bytes, _update);
    }

    // Names have become known: see SeriesTable.
    private void Rename()
    {
        foreach (((Party source, Party destination, Mechanism mechanism), Member member) in _members)
        {
            EdgeSeries before = member.Series, after = SeriesOf(_source.Of(source), _destination.Of(destination), mechanism);
            if (after == before)
            {
                continue;
            }
            Folded += after is { IsFolded: true, Members: 0 } ? 1 : 0;
            after.Members++;
            if (--before.Members == 0 && !before.IsFolded)
            {
                after.Target.Add(before.Operations, before.Bytes);
            }
            member.Series = after;
        }
    }

    private EdgeSeries SeriesOf(string source, string destination, Mechanism mechanism)
    {
        ref EdgeSeries? series = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (source, destination, mechanism), out _);
        return series ??= new EdgeSeries(source, destination, mechanism);
    }

    private void Fold(int limit)
    {
        var own = _series.Where(each => !each.Value.IsFolded && !IsOther(each.Key)).Select(static each => each.Value).ToList();
        foreach (EdgeSeries series in own.OrderBy(static series => series.Activity).ThenBy(static series => series.Operations).Take(own.Count - limit).ToList())
        {
            series.FoldInto(SeriesOf(_source.Other, _destination.Other, series.Mechanism));
            Folded++;
        }
    }

    private bool IsOther((string Source, string Destination, Mechanism) key) => key.Source == _source.Other && key.Destination == _destination.Other;

    private sealed class Member(EdgeSeries series)
    {
        public EdgeSeries Series { get; set; } = series;

        public ulong Operations { get; set; }

        public ulong Bytes { get; set; }

        public uint Update { get; set; }
    }
}
