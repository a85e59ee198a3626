using Ipcscope.Decode;
using Ipcscope.Wire;

namespace Ipcscope.Export.Otlp;

/// <summary>Writes the data points of one metric after the other.</summary>
/// <param name="writer">Where to: inside of ScopeMetrics.</param>
/// <param name="started">Since when everything was counted, ns of the Unix epoch.</param>
/// <param name="now">When it was read.</param>
internal sealed class OtlpPoints(ProtoWriter writer, ulong started, ulong now)
{
    private const int Cumulative = 2;
    private const int SumData = 7, HistogramData = 9;
    private const int NumberAttributes = 7, HistogramAttributes = 9;

    private static readonly double[] Bounds =
        [.. Enumerable.Range(0, DurationBounds.Count - 1).Select(static i => Math.ScaleB(1, i + DurationBounds.First - DurationBuckets.Shift))];

    private int _before, _metric, _data, _kind, _points;

    /// <summary>How many were written.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a counter.</summary>
    public void BeginSum(string name, string unit, string description) => Begin(name, unit, description, SumData);

    /// <summary>Begins a histogram of durations.</summary>
    public void BeginHistogram(string name, string description) => Begin(name, "s", description, HistogramData);

    /// <summary>Ends the metric; one without points was never there.</summary>
    public void End()
    {
        if (_points == Count)
        {
            writer.Truncate(_before);
            return;
        }
        writer.Number(2, Cumulative);
        if (_kind == SumData)
        {
            writer.Number(3, 1); // monotonic
        }
        writer.End(_data);
        writer.End(_metric);
    }

    /// <summary>A whole number.</summary>
    public void Whole(in Deed deed, ulong value, string key = "", string word = "")
    {
        int point = BeginPoint(deed, NumberAttributes, key, word);
        writer.Fixed(6, value);
        writer.End(point);
    }

    /// <summary>Seconds.</summary>
    public void Seconds(in Deed deed, double value, string key = "", string word = "")
    {
        int point = BeginPoint(deed, NumberAttributes, key, word);
        writer.Real(4, value);
        writer.End(point);
    }

    /// <summary>Counts by bucket of <see cref="DurationBounds"/>, not cumulative, and the sum.</summary>
    public void Histogram(in Deed deed, ReadOnlySpan<ulong> buckets, double sum, string key = "", string word = "")
    {
        int point = BeginPoint(deed, HistogramAttributes, key, word);
        ulong count = 0;
        foreach (ulong bucket in buckets)
        {
            count += bucket;
        }
        writer.Fixed(4, count);
        writer.Real(5, sum);
        int packed = writer.Begin(6);
        foreach (ulong bucket in buckets)
        {
            writer.PackedFixed(bucket);
        }
        writer.End(packed);
        packed = writer.Begin(7);
        foreach (double bound in Bounds)
        {
            writer.PackedFixed(BitConverter.DoubleToUInt64Bits(bound));
        }
        writer.End(packed);
        writer.End(point);
    }

    private void Begin(string name, string unit, string description, int kind)
    {
        (_before, _kind, _points) = (writer.Length, kind, Count);
        _metric = writer.Begin(2);
        writer.Text(1, name);
        writer.Text(2, description);
        writer.Text(3, unit);
        _data = writer.Begin(kind);
    }

    private int BeginPoint(in Deed deed, int attributes, string key, string word)
    {
        Count++;
        int point = writer.Begin(1);
        writer.Fixed(2, started);
        writer.Fixed(3, now);
        OtlpResources.Attribute(writer, "ipc.mechanism", Words.Mechanisms[(int)deed.Mechanism], attributes);
        OtlpResources.Attribute(writer, "ipc.operation", Words.Operations[(int)deed.Operation], attributes);
        if (deed.Mechanism is Mechanism.Pipe or Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp)
        {
            OtlpResources.Attribute(writer, "network.transport", Words.Mechanisms[(int)deed.Mechanism], attributes);
        }
        if (deed.Via != Via.Syscall)
        {
            OtlpResources.Attribute(writer, "ipc.via", Words.Vias[(int)deed.Via], attributes);
        }
        if (deed.Detail != 0)
        {
            OtlpResources.Attribute(writer, "ipc.detail", Details.Words[deed.Detail], attributes);
        }
        if (key.Length > 0)
        {
            OtlpResources.Attribute(writer, key, word, attributes);
        }
        return point;
    }
}
