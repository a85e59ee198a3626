using System.Text;
using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Hostile;

/// <summary>A line of JSON stays a line, gives every name back exactly, and shows nothing that commands a terminal.</summary>
public sealed class JsonTests
{
    [Fact]
    public void Of_any_object() => Property.Holds(random =>
    {
        string name = HostileText.Text(random);
        string line = JsonLine.Write(json => json.WriteString(name, name));
        Assert.True(HostileText.IsHarmless(line), line);
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(name, parsed.RootElement.GetProperty(name).GetString());
    });

    [Fact]
    public void Of_trace_lines() => Property.Holds(random =>
    {
        byte[] comm = HostileText.Bytes(random, Comm.Length);
        OperationRecord record = Operations.Send();
        record.Comm = Operations.Name(comm);
        Channel channel = Operations.Socket(HostileText.Text(random));
        channel.Name = HostileText.Text(random);
        using var format = new TraceJson(new WallClock(new FakeClock()), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[format.MaximumLength];
        string line = Encoding.UTF8.GetString(target, 0, format.Format(record, channel, channel.Peer, target));
        Assert.True(HostileText.IsHarmless(line[..^1]), line);
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(Encoding.UTF8.GetString(comm), parsed.RootElement.GetProperty("process").GetString());
        Assert.Equal(channel.Name, parsed.RootElement.GetProperty("channel").GetString());
        Assert.Equal(channel.Peer, parsed.RootElement.GetProperty("peer").GetString());
    });

    [Fact]
    public void Of_graphs() => Property.Holds(random =>
    {
        string name = HostileText.Text(random);
        var node = new GraphNode(PartyKind.Process, name, 7);
        string line = Assert.Single(GraphJson.Lines([new GraphEdge(node, node, Mechanism.Pipe, 1, 1, Certainty.Exact)], GraphGroup.Pid, 1));
        Assert.True(HostileText.IsHarmless(line), line);
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(name, parsed.RootElement.GetProperty("source").GetProperty("name").GetString());
    });
}
