using System.Net;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Export;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Edges;

/// <summary>A table of edges, and the machine that it looks at.</summary>
internal sealed class EdgeScene
{
    private ulong _lastInode = 100;

    public FakeJournal Journal { get; } = new();

    public FakeEnds Ends { get; } = new();

    public EdgeTable Table { get; }

    public EdgeScene(Func<FlowMove, bool>? isWanted = null) => Table = new EdgeTable(Journal, isWanted);

    /// <summary>All edges, a line each: <c>a → b pipe 3 192 exact</c>.</summary>
    public IEnumerable<string> Lines => Edges
        .Select(edge => $"{edge.Source.Name} → {edge.Destination.Name} {Words.Mechanisms[(int)edge.Mechanism]} {edge.Operations} {edge.Bytes} {Words.Certainties[(int)edge.Certainty]}")
        .Order(StringComparer.Ordinal);

    public EdgeSample[] Edges
    {
        get
        {
            EdgeSample[] buffer = [];
            int count = Table.Copy(ref buffer);
            return buffer[..count];
        }
    }

    public static Process Process(string name) => Samples.Process(name, (uint)name.Select((c, i) => c * (i + 1)).Sum());

    public Channel Channel(Mechanism mechanism, ChannelKind kind = ChannelKind.None) => Of(new ChannelInfo { Mechanism = mechanism, Kind = kind, Ns = 1 });

    /// <summary>A socket with addresses such as <c>127.0.0.1:80</c>; no remote one: bound only.</summary>
    public Channel Socket(Mechanism mechanism, string local, string? remote = null)
    {
        ChannelInfo info = new() { Mechanism = mechanism, Family = 2, Kind = mechanism == Mechanism.Tcp ? ChannelKind.Stream : ChannelKind.Datagram, Ns = 1 };
        IPEndPoint here = IPEndPoint.Parse(local);
        here.Address.TryWriteBytes(info.LocalAddress, out _);
        info.LocalPort = (ushort)here.Port;
        if (remote is not null)
        {
            IPEndPoint there = IPEndPoint.Parse(remote);
            there.Address.TryWriteBytes(info.RemoteAddress, out _);
            info.RemotePort = (ushort)there.Port;
        }
        return Of(info);
    }

    public Channel Of(ChannelInfo info) =>
        new(new ChannelKey(++_lastInode, 8, 0), info.Mechanism) { Info = info, Kind = info.Kind };

    /// <summary>An interval passes, as the daemon does it.</summary>
    public EdgeScene Interval()
    {
        Look();
        Table.Settle();
        return this;
    }

    /// <summary>A look within an interval.</summary>
    public void Look()
    {
        Table.Observe();
        if (Table.WantsLook)
        {
            Table.Look(Ends);
        }
    }
}
