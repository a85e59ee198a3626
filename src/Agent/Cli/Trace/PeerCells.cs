using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>The other side of a channel as UTF-8, made once and not for every line.</summary>
internal sealed class PeerCells
{
    /// <summary>No name takes more bytes: a socket path has 108, each of which may become a replacement character of three.</summary>
    public const int MaximumLength = 400;

    private const int MaximumCells = 4096;
    private readonly Dictionary<ChannelKey, Cell> _cells = [];

    /// <summary>A name as it is shown.</summary>
    /// <param name="Source">What it was made of.</param>
    /// <param name="Text">UTF-8.</param>
    /// <param name="Width">Cells that it takes.</param>
    public sealed record Cell(string? Source, byte[] Text, int Width);

    /// <summary>The remote address or bound path; where the kernel names no other side, the channel itself.</summary>
    public static string Name(Channel? channel, in FlowKey flow) =>
        channel is { Peer.Length: > 0 } ? channel.Peer
        : channel is { Name.Length: > 0 } ? channel.Name
        : $"{(flow.Mechanism is Mechanism.Pipe or Mechanism.Fifo ? "pipe" : "socket")}:[{flow.Channel.Inode}]";

    /// <summary>The name of the other side of an operation.</summary>
    /// <param name="flow">Its flow.</param>
    /// <param name="channel">What is known of its channel.</param>
    /// <param name="width">Longer names are cut.</param>
    public Cell Find(in FlowKey flow, Channel? channel, int width)
    {
        string? source = channel is { Peer.Length: > 0 } ? channel.Peer : channel?.Name;
        if (_cells.TryGetValue(flow.Channel, out Cell? cell) && ReferenceEquals(cell.Source, source))
        {
            return cell;
        }
        if (_cells.Count >= MaximumCells)
        {
            _cells.Clear();
        }
        string text = DisplayText.Cut(DisplayText.Clean(Name(channel, flow)), Math.Min(width, MaximumLength / 3));
        cell = new Cell(source, Encoding.UTF8.GetBytes(text), DisplayText.Width(text));
        _cells[flow.Channel] = cell;
        return cell;
    }

    /// <summary>Forgets all, because the width has changed.</summary>
    public void Clear() => _cells.Clear();
}
