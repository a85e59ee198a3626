using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>ls channels</c>.</summary>
/// <param name="ends">Who is at which end.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class LsChannels(ChannelEnds ends, Places places)
{
    private static readonly TextColumn[] Columns =
    [
        new("CHANNEL", Minimum: 16, Elastic: true),
        new("KIND", Rank: 2),
        new("FILL", Rank: 3, Minimum: 8),
        new("HOLDERS", Minimum: 20, Elastic: true),
    ];

    private static readonly TextColumn Peers = new("PEERS", Rank: 1, Minimum: 12, Elastic: true);

    /// <summary>Columns for people; those of containers if one of the holders is in one.</summary>
    /// <param name="shown">The channels that were asked for.</param>
    /// <param name="peers">The other end, too.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="styles">Colours.</param>
    public IEnumerable<string> Table(IEnumerable<LsChannel> shown, bool peers, int width, Styles styles)
    {
        (LsChannel Channel, Place[] Places)[] rows = [.. shown.Select(channel => (channel, channel.Holders.Select(Place).ToArray()))];
        bool contained = rows.Any(row => row.Places.Any(place => place.IsContained));
        var table = new TextTable([.. Columns, .. contained ? PlaceText.Columns : [], .. peers ? [Peers] : (TextColumn[])[]], styles);
        foreach ((LsChannel channel, Place[] where) in rows)
        {
            TextCell[] cells =
            [
                channel.Name,
                channel.Kind,
                new(QueueText.Of(channel.Queue), channel.Queue.IsFull ? styles.Warning : ""),
                string.Join(' ', channel.Holders),
                .. contained ? PlaceText.Cells(where) : [],
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

    private Place Place(LsHolder holder) => places.Of(holder.Descriptors[0].Cgroup, holder.Pid);

    private void Write(Utf8JsonWriter json, LsHolder holder)
    {
        json.WriteStartObject();
        json.WriteString("process", holder.Name);
        json.WriteNumber("pid", holder.Pid);
        PlaceJson.Write(json, Place(holder));
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
