using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>The other side of an operation as UTF-8, made once and not for every line.</summary>
internal sealed class PeerCells
{
    /// <summary>No name takes more bytes: a socket path has 108, each of which may become a replacement character of three.</summary>
    public const int MaximumLength = 400;

    private const int MaximumCells = 4096;
    private readonly Dictionary<(ChannelKey Channel, Operation Operation, uint Peer), Cell> _cells = [];

    /// <summary>A name as it is shown.</summary>
    /// <param name="Peer">What it was made of: the other side,</param>
    /// <param name="Name">and the name of the channel.</param>
    /// <param name="Text">UTF-8.</param>
    /// <param name="Width">Cells that it takes.</param>
    public sealed record Cell(string Peer, string? Name, byte[] Text, int Width);

    /// <summary>
    /// The other side; where none is known, the channel itself. A signal and a futex need both: <c>SIGTERM → sh[77]</c>, <c>sem.jobs+0x0 ← api[4310]</c>.
    /// </summary>
    public static string Name(in FlowKey flow, Channel? channel, string peer)
    {
        string name = channel is { Name.Length: > 0 } ? channel.Name : ChannelNames.Name(flow);
        if (peer.Length == 0)
        {
            return name;
        }
        string arrow = OperationTraits.Direction(flow.Operation) == DataDirection.Out ? "→" : "←";
        return flow.Mechanism switch
        {
            Mechanism.Signal => $"{SignalNames.Name(flow.Channel.Device)} {arrow} {peer}",
            Mechanism.Futex => $"{name} {arrow} {peer}",
            _ => peer,
        };
    }

    /// <summary>The name of the other side of an operation.</summary>
    /// <param name="record">The operation.</param>
    /// <param name="channel">What is known of its channel.</param>
    /// <param name="peer">The other side; empty if nothing is known of it.</param>
    /// <param name="width">Longer names are cut.</param>
    public Cell Find(in OperationRecord record, Channel? channel, string peer, int width)
    {
        (ChannelKey, Operation, uint) key = (record.Flow.Channel, record.Flow.Operation, record.Peer);
        if (_cells.TryGetValue(key, out Cell? cell) && cell.Peer == peer && cell.Name == channel?.Name)
        {
            return cell;
        }
        if (_cells.Count >= MaximumCells)
        {
            _cells.Clear();
        }
        string text = DisplayText.Cut(DisplayText.Clean(Name(record.Flow, channel, peer)), Math.Min(width, MaximumLength / 3));
        cell = new Cell(peer, channel?.Name, Encoding.UTF8.GetBytes(text), DisplayText.Width(text));
        _cells[key] = cell;
        return cell;
    }

    /// <summary>Forgets all, because the width has changed.</summary>
    public void Clear() => _cells.Clear();
}
