using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Cli;

/// <summary>Who is at the end of a channel that was not seen using it: of sockets the other one, of pipes the side that does nothing. Looked up once for each channel.</summary>
internal sealed class TopPeers
{
    private const int Patience = 10; // looks until somebody is asked for again who was not found

    private readonly Dictionary<ChannelKey, (IReadOnlyList<End> Ends, int Age)> _known = [];

    /// <summary>Tells it to rows.</summary>
    /// <param name="rows">Channels.</param>
    /// <param name="look">Looks who holds what: not called if there is nothing new.</param>
    public void Tell(IEnumerable<TopRow> rows, Func<ChannelEnds> look)
    {
        ChannelEnds? ends = null;
        HashSet<ChannelKey> shown = [];
        foreach (TopRow row in rows.Where(row => row.Channel is { } channel && Wants(row, channel.Mechanism)))
        {
            ChannelKey key = row.Channel!.Key;
            (IReadOnlyList<End> Ends, int Age) known = _known.GetValueOrDefault(key, ([], Patience));
            if (known is { Ends.Count: 0, Age: >= Patience })
            {
                ends ??= look();
                known = ([.. ends.Writers(key).Union(ends.Readers(key)).DistinctBy(end => end.Process)], 0);
            }
            _known[key] = (known.Ends, known.Age + 1);
            _ = shown.Add(key);
            row.Peers = known.Ends;
        }
        foreach (ChannelKey gone in _known.Keys.Where(key => !shown.Contains(key)).ToArray())
        {
            _ = _known.Remove(gone);
        }
    }

    private static bool Wants(TopRow row, Mechanism mechanism) =>
        mechanism is Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp || (mechanism is Mechanism.Pipe or Mechanism.Fifo && row.IsOneSided);
}
