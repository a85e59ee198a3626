using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>What all who stream with one filter see: each event is made once for all of them. Used under the hub's gate.</summary>
/// <param name="filter">The filter.</param>
/// <param name="ledger">What becomes of events.</param>
internal sealed class Feed(Filter filter, StreamLedger ledger)
{
    private readonly List<Viewer> _viewers = [];
    private readonly Section _channels = new("channels");
    private readonly Section _processes = new("processes");
    private readonly Section _nodes = new("nodes");
    private readonly Section _edges = new("edges");
    private readonly Section _findings = new("findings");
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly ArrayBufferWriter<byte> _event = new(1 << 14);
    private readonly ConcurrentBag<byte[]> _pool = [];
    private ViewBook? _book;
    private View? _view;

    /// <summary>The filter.</summary>
    public Filter Filter => filter;

    /// <summary>How many there are.</summary>
    public int Viewers => _viewers.Count;

    /// <summary>Takes a viewer; it gets a snapshot as soon as there is one.</summary>
    public Viewer Add(Action<Viewer> leave, bool packed = false)
    {
        var viewer = new Viewer(this, packed, ledger, leave);
        _viewers.Add(viewer);
        if (_view is not null)
        {
            Tell("snapshot", static section => section.WriteAll, [viewer]);
        }
        return viewer;
    }

    /// <summary>Lets one go.</summary>
    public void Remove(Viewer viewer) => _viewers.Remove(viewer);

    /// <summary>Ends all streams.</summary>
    public void End() => _viewers.ForEach(viewer => viewer.End());

    /// <summary>Sends what is new after a look.</summary>
    /// <param name="sampler">Has looked; the same one every time.</param>
    public void Update(Sampler sampler)
    {
        View view = sampler.Read(_book ??= sampler.Follow(filter.Expression));
        _view = view;
        using (var json = new Utf8JsonWriter(_buffer, JsonLine.Options))
        {
            Put(_channels, view.Channels.Values, row => row.Id, row => ChannelJson.Write(json, row, view.Seconds), json);
            Put(_processes, view.Processes.Values, row => row.Id, row => ProcessJson.Write(json, row, view.Seconds), json);
            Put(_nodes, NodesOf(view), node => node.Id, node => GraphViewJson.Write(json, node), json);
            Put(_edges, view.Edges, edge => edge.Edge.Id, edge => GraphViewJson.Write(json, edge), json);
            Put(_findings, view.Findings, finding => finding.Id, finding => FindingJson.Write(json, finding, view.Time), json, mayStay: false); // it gets older
        }
        Tell("delta", static section => section.WriteDelta, [.. _viewers.Where(viewer => viewer.Knows)]);
        Tell("snapshot", static section => section.WriteAll, [.. _viewers.Where(viewer => !viewer.Knows)]);
    }

    private void Tell(string name, Func<Section, Action<Utf8JsonWriter>> write, Viewer[] viewers)
    {
        if (viewers.Length == 0)
        {
            return;
        }
        Write(name, write);
        StreamEvent made = Make(Array.Exists(viewers, static viewer => !viewer.IsPacked), Array.Exists(viewers, static viewer => viewer.IsPacked), viewers.Length);
        foreach (Viewer viewer in viewers)
        {
            viewer.Knows = true;
            viewer.Hand(made);
        }
    }

    private StreamEvent Make(bool plain, bool packed, int viewers)
    {
        ReadOnlySpan<byte> text = _event.WrittenSpan;
        return new StreamEvent(_pool, plain ? Keep(text) : default, packed ? PackedEvent.Make(text) : null, viewers);
    }

    private ArraySegment<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        byte[] memory = StreamEvent.Take(_pool, bytes.Length);
        bytes.CopyTo(memory);
        return new ArraySegment<byte>(memory, 0, bytes.Length);
    }

    // Most edges have an end in common with another.
    private static IEnumerable<ViewNode> NodesOf(View view)
    {
        HashSet<string> known = new(2 * view.Edges.Count);
        foreach (EdgeRow row in view.Edges)
        {
            if (known.Add(row.Edge.SourceId))
            {
                yield return GraphView.Node(row.Edge.SourceId, row.Source, view.Processes);
            }
            if (known.Add(row.Edge.DestinationId))
            {
                yield return GraphView.Node(row.Edge.DestinationId, row.Destination, view.Processes);
            }
        }
    }

    private void Put<T>(Section section, IEnumerable<T> items, Func<T, string> id, Action<T> write, Utf8JsonWriter json, bool mayStay = true)
        where T : class
    {
        section.Begin();
        foreach (T item in items)
        {
            if (mayStay && section.Keep(id(item), item))
            {
                continue;
            }
            _buffer.ResetWrittenCount();
            json.Reset(_buffer);
            write(item);
            json.Flush();
            section.Put(id(item), _buffer.WrittenSpan, mayStay ? item : null);
        }
        section.End();
    }

    private void Write(string name, Func<Section, Action<Utf8JsonWriter>> write)
    {
        View view = _view!;
        _event.ResetWrittenCount();
        _event.Write(name == "delta" ? "event: delta\ndata: "u8 : "event: snapshot\ndata: "u8);
        using (var json = new Utf8JsonWriter(_event, JsonLine.Options))
        {
            json.WriteStartObject();
            DocumentJson.Begin(json, view.Time, view.Seconds);
            json.WriteStartObject("health"u8);
            HealthJson.Write(json, view);
            json.WriteEndObject();
            foreach (Section section in new[] { _channels, _processes, _nodes, _edges, _findings })
            {
                write(section)(json);
            }
            LatencyJson.Write(json, view.Latency, bounds: name != "delta");
            json.WriteEndObject();
        }
        _event.Write("\n\n"u8);
    }
}
