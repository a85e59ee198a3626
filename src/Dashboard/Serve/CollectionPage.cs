using System.Buffers;
using System.Text;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary><c>/api/v1/channels</c>, <c>processes</c> and <c>findings</c>, out of what is held.</summary>
internal static class CollectionPage
{
    /// <summary>Writes the items of one kind: those that do most first.</summary>
    public static Frame Write(Fleet fleet, Kind kind, Page page, DateTimeOffset now)
    {
        lock (fleet.Gate)
        {
            Item[] items = [.. fleet.Agents.SelectMany(agent => agent.Items(kind).Values)];
            return Write(items, items.Length, page, now);
        }
    }

    /// <summary>Writes a part of some items.</summary>
    public static Frame Write(Item[] items, int total, Page page, DateTimeOffset now)
    {
        Sort(items, page.Sort);
        var frame = new Frame();
        frame.Write(Encoding.UTF8.GetBytes(
            $"{{\"schema\":1,\"time\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"interval_seconds\":{Feed.Interval.TotalSeconds:0.###},\"total\":{total},\"offset\":{page.Offset},\"limit\":{page.Limit},\"items\":["));
        frame.Add([.. items.Skip(page.Offset).Take(page.Limit)]);
        frame.Write("]}\n"u8);
        return frame.Seal();
    }

    private static void Sort(Item[] items, SortKey sort)
    {
        if (sort == SortKey.Name)
        {
            string[] names = [.. items.Select(static item => ItemName.Of(item.Json))];
            Array.Sort(names, items, StringComparer.Ordinal);
            return;
        }
        double[] keys = [.. items.Select(item => -Key(item.Rates, sort))];
        Array.Sort(keys, items);
    }

    private static double Key(Rates rates, SortKey sort) => sort switch
    {
        SortKey.Bytes => rates.Bytes,
        SortKey.Wait => rates.Wait,
        SortKey.Duration => rates.Duration,
        _ => rates.Operations,
    };
}
