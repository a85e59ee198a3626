namespace Ipcscope.Dashboard.History;

/// <summary>The past of one mechanism: a ring of points.</summary>
/// <param name="points">How many there are.</param>
internal sealed class Past(int points)
{
    private readonly float[][] _values = [new float[points], new float[points], new float[points], new float[points]];
    private int[] _counts = [];

    /// <summary>A measure's points.</summary>
    public float[] this[Metric metric] => _values[(int)metric];

    /// <summary>How many operations of a point fell into each bucket of duration; empty: none was timed.</summary>
    public ReadOnlySpan<int> Counts(int point) => _counts.Length == 0 ? [] : _counts.AsSpan(point * (_counts.Length / points), _counts.Length / points);

    /// <summary>Writes a point.</summary>
    public void Put(int point, double operations, double bytes, double wait, long[]? counts, double[] bounds)
    {
        this[Metric.Operations][point] = (float)operations;
        this[Metric.Bytes][point] = (float)bytes;
        this[Metric.Wait][point] = (float)wait;
        this[Metric.Duration][point] = counts is null ? float.NaN : (float)Quantile.Of(0.99, counts, bounds);
        if (counts is not null && _counts.Length == 0)
        {
            _counts = new int[points * counts.Length];
        }
        int buckets = _counts.Length / points;
        for (int i = 0; i < buckets; i++)
        {
            _counts[(point * buckets) + i] = counts is null ? 0 : (int)Math.Min(int.MaxValue, counts[i]);
        }
    }
}
