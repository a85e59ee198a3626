using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>The sum of what processes did that have ended. What became known of one later still counts once.</summary>
internal sealed class EndedTraffic
{
    /// <summary>Of how many series it is remembered what they have added: 2 MB.</summary>
    internal const int Most = 16384;

    private readonly Dictionary<SeriesKey, Sums> _known = [];
    private readonly Queue<SeriesKey> _order = new();

    private readonly record struct Sums(ulong Operations, ulong Errors, ulong WouldBlock, ulong Written, ulong Read);

    /// <summary>The sum.</summary>
    public Activity Sum { get; } = new();

    /// <summary>Whether a series is among those that have been added lately.</summary>
    public bool Knows(in SeriesKey key) => _known.ContainsKey(key);

    /// <summary>Adds a series, or what there is of it more than before.</summary>
    public void Add(in SeriesKey key, DataDirection direction, in FlowCounters now)
    {
        var all = new Activity();
        all.Add(direction, now);
        var sums = new Sums(all.Operations, all.Errors, all.WouldBlock, all.Written, all.Read);
        Sums before = _known.GetValueOrDefault(key);
        Sum.Add(sums.Operations - before.Operations, sums.Errors - before.Errors, sums.WouldBlock - before.WouldBlock, sums.Written - before.Written, sums.Read - before.Read);
        if (_known.TryAdd(key, sums))
        {
            _order.Enqueue(key);
        }
        _known[key] = sums;
        while (_order.Count > Most)
        {
            _known.Remove(_order.Dequeue());
        }
    }
}
