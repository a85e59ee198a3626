using System.Buffers;
using System.Text;
using System.Text.Json;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Writes the events of the merged stream; under the fleet's lock.</summary>
internal static class FeedWriter
{
    /// <summary>Everything there is.</summary>
    public static Frame Snapshot(Fleet fleet, DateTimeOffset now)
    {
        var frame = new Frame();
        frame.Write("event: snapshot\ndata: "u8);
        Begin(frame, now);
        frame.Write(",\"agents\":{\"set\":["u8);
        WriteAgents(frame, fleet.Agents);
        frame.Write("],\"gone\":[]}"u8);
        foreach (Kind kind in Kinds.All)
        {
            Open(frame, kind);
            frame.Add([.. fleet.Agents.SelectMany(agent => agent.Items(kind).Values)]);
            frame.Write("],\"gone\":[]}"u8);
        }
        frame.Write(",\"latency\":[],\"latency_bounds_seconds\":"u8);
        WriteNumbers(frame, fleet.Latency.Bounds);
        frame.Write("}\n\n"u8);
        return frame.Seal();
    }

    /// <summary>What has changed since the last one; the changes are told with that.</summary>
    public static Frame Delta(Fleet fleet, DateTimeOffset now, Dictionary<string, long[]> latency)
    {
        var frame = new Frame();
        frame.Write("event: delta\ndata: "u8);
        Begin(frame, now);
        frame.Write(",\"agents\":{\"set\":["u8);
        WriteAgents(frame, fleet.Agents.Where(agent => fleet.AgentChanges.Set.Contains(agent.Name)));
        CloseWith(frame, fleet.AgentChanges.Gone);
        foreach (Kind kind in Kinds.All)
        {
            Changes changes = fleet.ChangesOf(kind);
            Open(frame, kind);
            frame.Add([.. changes.Set.Select(id => fleet.Find(kind, id)).OfType<Item>()]);
            CloseWith(frame, changes.Gone);
        }
        frame.Write(",\"latency\":["u8);
        bool one = true;
        foreach ((string mechanism, long[] counts) in latency)
        {
            Separate(frame, ref one);
            frame.Write("{\"mechanism\":"u8);
            WriteString(frame, mechanism);
            frame.Write(",\"counts\":"u8);
            WriteNumbers(frame, counts);
            frame.Write("}"u8);
        }
        frame.Write("]}\n\n"u8);
        return frame.Seal();
    }

    private static void Begin(Frame frame, DateTimeOffset now) =>
        frame.Write(Encoding.UTF8.GetBytes($"{{\"schema\":1,\"time\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"interval_seconds\":{Feed.Interval.TotalSeconds:0.###}"));

    private static void WriteAgents(Frame frame, IEnumerable<AgentState> agents)
    {
        bool first = true;
        foreach (AgentState agent in agents)
        {
            Separate(frame, ref first);
            AgentWriter.Write(frame, agent);
        }
    }

    private static void Open(Frame frame, Kind kind)
    {
        frame.Write(",\""u8);
        frame.Write(Encoding.UTF8.GetBytes(kind.Name()));
        frame.Write("\":{\"set\":["u8);
    }

    private static void CloseWith(Frame frame, HashSet<string> gone)
    {
        frame.Write("],\"gone\":["u8);
        bool first = true;
        foreach (string id in gone)
        {
            Separate(frame, ref first);
            WriteString(frame, id);
        }
        frame.Write("]}"u8);
    }

    private static void Separate(Frame frame, ref bool first)
    {
        if (!first)
        {
            frame.Write(","u8);
        }
        first = false;
    }

    private static void WriteString(Frame frame, string text)
    {
        frame.Write("\""u8);
        frame.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        frame.Write("\""u8);
    }

    private static void WriteNumbers<T>(Frame frame, T[] numbers)
        where T : IUtf8SpanFormattable
    {
        frame.Write("["u8);
        bool first = true;
        foreach (T number in numbers)
        {
            Separate(frame, ref first);
            number.TryFormat(frame.GetSpan(32), out int written, default, null);
            frame.Advance(written);
        }
        frame.Write("]"u8);
    }
}
