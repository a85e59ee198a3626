using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>ls channels</c>.</summary>
internal static class LsChannels
{
    private static readonly TextColumn[] Columns =
    [
        new("CHANNEL", Minimum: 16, Elastic: true),
        new("KIND", Rank: 2),
        new("FILL", Rank: 3, Minimum: 8, RightAligned: true),
        new("HOLDERS", Minimum: 20, Elastic: true),
    ];

    /// <summary>Columns for people.</summary>
    /// <param name="shown">The channels that were asked for.</param>
    /// <param name="all">All of them, where the other ends are.</param>
    /// <param name="wide">The other end, too.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="styles">Colours.</param>
    public static IEnumerable<string> Table(IEnumerable<LsChannel> shown, IEnumerable<LsChannel> all, bool wide, int width, Styles styles)
    {
        var peers = new LsPeers(all);
        var table = new TextTable([.. Columns, .. wide ? [new TextColumn("PEER", Rank: 1, Minimum: 12, Elastic: true)] : Array.Empty<TextColumn>()], styles);
        foreach (LsChannel channel in shown)
        {
            bool full = channel.Capacity > 0 && channel.Queued >= channel.Capacity;
            TextCell[] cells =
            [
                channel.Name,
                channel.Kind,
                new(Fill(channel), full ? styles.Warning : ""),
                string.Join(' ', channel.Holders),
            ];
            table.Add(wide ? [.. cells, peers.Describe(channel)] : cells);
        }
        return table.Render(width);
    }

    /// <summary>One object a channel.</summary>
    public static IEnumerable<string> Objects(IEnumerable<LsChannel> shown, IEnumerable<LsChannel> all)
    {
        var peers = new LsPeers(all);
        return shown.Select(channel => JsonLine.Write(json =>
        {
            json.WriteString("channel", channel.Name);
            json.WriteString("mechanism", Words.Mechanisms[(int)channel.Info.Mechanism]);
            json.WriteString("kind", channel.Kind);
            json.WriteNumber("inode", channel.Key.Inode);
            Fill(json, channel);
            json.WriteString("peer", peers.Describe(channel));
            json.WriteStartArray("holders");
            foreach (LsHolder holder in channel.Holders)
            {
                Holder(json, holder);
            }
            json.WriteEndArray();
        }));
    }

    // A pipe's room is a number of buffers, each of which holds a page at most; that of a socket is bytes.
    private static string Fill(LsChannel channel) => channel.Queued < 0 ? "-"
        : channel.IsPipe ? channel.Capacity < 0 ? $"{channel.Queued}" : $"{channel.Queued}/{channel.Capacity}"
        : Units.Size((ulong)channel.Queued);

    private static void Fill(Utf8JsonWriter json, LsChannel channel)
    {
        string unit = channel.IsPipe ? "buffers" : "bytes";
        if (channel.Queued >= 0)
        {
            json.WriteNumber($"queued_{unit}", channel.Queued);
        }
        if (channel.Capacity >= 0)
        {
            json.WriteNumber($"capacity_{unit}", channel.Capacity);
        }
    }

    private static void Holder(Utf8JsonWriter json, LsHolder holder)
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
