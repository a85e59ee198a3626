using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>ls channels</c>.</summary>
/// <param name="ends">Who is at which end.</param>
internal sealed class LsChannels(ChannelEnds ends)
{
    private static readonly TextColumn[] Columns =
    [
        new("CHANNEL", Minimum: 16, Elastic: true),
        new("KIND", Rank: 2),
        new("FILL", Rank: 3, Minimum: 8),
        new("HOLDERS", Minimum: 20, Elastic: true),
    ];

    private static readonly TextColumn Peers = new("PEERS", Rank: 1, Minimum: 12, Elastic: true);

    /// <summary>Columns for people.</summary>
    /// <param name="shown">The channels that were asked for.</param>
    /// <param name="peers">The other end, too.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="styles">Colours.</param>
    public IEnumerable<string> Table(IEnumerable<LsChannel> shown, bool peers, int width, Styles styles)
    {
        var table = new TextTable(peers ? [.. Columns, Peers] : Columns, styles);
        foreach (LsChannel channel in shown)
        {
            TextCell[] cells =
            [
                channel.Name,
                channel.Kind,
                new(QueueText.Of(channel.Queue), channel.Queue.IsFull ? styles.Warning : ""),
                string.Join(' ', channel.Holders),
            ];
            table.Add(peers ? [.. cells, EndText.Peers(ends, channel.Key)] : cells);
        }
        return table.Render(width);
    }

    /// <summary>One object a channel.</summary>
    public IEnumerable<string> Objects(IEnumerable<LsChannel> shown) => shown.Select(channel => JsonLine.Write(json =>
    {
        json.WriteString("channel", channel.Name);
        json.WriteString("mechanism", Words.Mechanisms[(int)channel.Info.Mechanism]);
        json.WriteString("kind", channel.Kind);
        json.WriteNumber("inode", channel.Key.Inode);
        json.WriteBoolean("listening", channel.IsListening);
        QueueText.Write(json, channel.Queue);
        json.WriteString("peer", EndText.Peers(ends, channel.Key));
        if (ends.Peer(channel.Key) is { } peer)
        {
            json.WriteNumber("peer_inode", peer.Inode);
        }
        if (ends.Remote(channel.Key) is { } address)
        {
            json.WriteString("remote", address);
        }
        EndText.Write(json, "writers", ends.Writers(channel.Key));
        EndText.Write(json, "readers", ends.Readers(channel.Key));
        json.WriteStartArray("holders");
        foreach (LsHolder holder in channel.Holders)
        {
            Write(json, holder);
        }
        json.WriteEndArray();
    }));

    private static void Write(Utf8JsonWriter json, LsHolder holder)
    {
        json.WriteStartObject();
        json.WriteString("process", holder.Name);
        json.WriteNumber("pid", holder.Pid);
        json.WriteStartArray("descriptors");
        foreach (Capture.Descriptor descriptor in holder.Descriptors)
        {
            json.WriteStartObject();
            json.WriteNumber("fd", descriptor.Fd);
            json.WriteString("mode", LsHolder.Mode(descriptor));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
