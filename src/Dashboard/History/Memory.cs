using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.History;

/// <summary>What the dashboard has seen itself: the last quarter of an hour, a point each second, for every mechanism.</summary>
internal sealed class Memory
{
    /// <summary>How far back it goes.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    private const int Points = 15 * 60;
    private const int MostMechanisms = 64;

    private readonly Lock _gate = new();
    private readonly DateTimeOffset[] _times = new DateTimeOffset[Points];
    private readonly SortedDictionary<string, Past> _pasts = new(StringComparer.Ordinal);
    private double[] _bounds = [];
    private int _next;

    /// <summary>The upper bounds of the buckets of duration, in seconds.</summary>
    public double[] Bounds
    {
        get
        {
            lock (_gate)
            {
                return _bounds;
            }
        }
    }

    /// <summary>Remembers what live agents do now; under the fleet's lock.</summary>
    public void Remember(Fleet fleet, DateTimeOffset now, Dictionary<string, long[]> latency)
    {
        Dictionary<string, (double Operations, double Bytes, double Wait)> sums = [];
        foreach (Item item in fleet.Agents.Where(static agent => agent.State == LinkState.Live).SelectMany(static agent => agent.Items(Kind.Channels).Values))
        {
            if (item.Rates.Mechanism is { } mechanism)
            {
                (double operations, double bytes, double wait) = sums.GetValueOrDefault(mechanism);
                sums[mechanism] = (operations + item.Rates.Operations, bytes + item.Rates.Bytes, wait + item.Rates.Wait);
            }
        }
        lock (_gate)
        {
            _bounds = fleet.Latency.Bounds;
            foreach (string mechanism in sums.Keys.Concat(latency.Keys))
            {
                if (!_pasts.ContainsKey(mechanism) && _pasts.Count < MostMechanisms)
                {
                    _pasts[mechanism] = new Past(Points);
                }
            }
            _times[_next] = now;
            foreach ((string mechanism, Past past) in _pasts)
            {
                (double operations, double bytes, double wait) = sums.GetValueOrDefault(mechanism);
                past.Put(_next, operations, bytes, wait, latency.GetValueOrDefault(mechanism), _bounds);
            }
            _next = (_next + 1) % Points;
        }
    }

    /// <summary>The points of a question: for each mechanism the mean of a step, of durations the highest. Single channels and processes are not remembered.</summary>
    public List<Series> Answer(Question question)
    {
        List<Series> series = [];
        if (question.Channel.Length > 0 || question.Process.Length > 0)
        {
            return series;
        }
        lock (_gate)
        {
            foreach ((string mechanism, Past past) in _pasts.Where(past => question.Mechanism.Length == 0 || question.Mechanism == past.Key))
            {
                float[] values = past[question.Metric];
                IEnumerable<(double, double)> points = Ring(question.From, question.To)
                    .Where(point => !float.IsNaN(values[point]))
                    .GroupBy(point => Math.Floor(_times[point].ToUnixTimeMilliseconds() / question.Step.TotalMilliseconds) * question.Step.TotalSeconds)
                    .Select(step => (step.Key, (double)(question.Metric == Metric.Duration ? step.Max(point => values[point]) : step.Average(point => values[point]))));
                series.Add(new(new() { ["mechanism"] = mechanism }, [.. points]));
            }
        }
        return series;
    }

    /// <summary>How many operations fell into each bucket, point by point; of one mechanism, or (empty) of all.</summary>
    public List<(DateTimeOffset Time, long[] Counts)> Columns(string mechanism, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            List<(DateTimeOffset, long[])> columns = [];
            foreach (int point in Ring(from, to))
            {
                long[] sum = new long[_bounds.Length + 1];
                foreach ((_, Past past) in _pasts.Where(past => mechanism.Length == 0 || mechanism == past.Key))
                {
                    ReadOnlySpan<int> counts = past.Counts(point);
                    for (int i = 0; i < counts.Length && i < sum.Length; i++)
                    {
                        sum[i] += counts[i];
                    }
                }
                columns.Add((_times[point], sum));
            }
            return columns;
        }
    }

    // The points between two times, the oldest first.
    private IEnumerable<int> Ring(DateTimeOffset from, DateTimeOffset to) =>
        Enumerable.Range(_next, Points).Select(static point => point % Points).Where(point => _times[point] != default && _times[point] >= from && _times[point] <= to);
}
