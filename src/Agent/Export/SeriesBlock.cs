using Ipcscope.Export.Gzip;

namespace Ipcscope.Export;

/// <summary>
/// Some series that stand behind each other on the page. Their lines are kept as they were compressed until one of them counts: most of ten thousand series
/// have done nothing since the last scrape. Larger blocks would be told anew more often, smaller ones are more bytes.
/// </summary>
internal sealed class SeriesBlock
{
    private const int Size = 8;

    private readonly KeptText?[] _kept = new KeptText?[IpcFamilies.Count];
    private MetricSeries[] _series = [];
    private uint _fresh; // a bit for each family whose text is as its series are

    /// <summary>Divides series into blocks.</summary>
    /// <param name="blocks">Those of the last page; they stay as far as they have the same series.</param>
    /// <param name="series">All series to show, in order.</param>
    public static void Divide(List<SeriesBlock> blocks, ReadOnlySpan<MetricSeries> series)
    {
        int count = (series.Length + Size - 1) / Size;
        blocks.RemoveRange(Math.Min(count, blocks.Count), Math.Max(0, blocks.Count - count));
        while (blocks.Count < count)
        {
            blocks.Add(new SeriesBlock());
        }
        for (int i = 0; i < count; i++)
        {
            blocks[i].Take(series[(i * Size)..Math.Min((i + 1) * Size, series.Length)]);
        }
    }

    /// <summary>Writes the lines of a family.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="family">The family.</param>
    /// <param name="index">Its place among all.</param>
    public void Write(ExpositionWriter writer, SeriesFamily family, int index)
    {
        uint bit = 1u << index;
        if ((_fresh & bit) != 0 && writer.Repeat(_kept[index]))
        {
            return;
        }
        writer.BeginKept();
        foreach (MetricSeries series in _series)
        {
            family.Write(writer, series);
        }
        _kept[index] = writer.Keep(_kept[index]);
        _fresh |= bit;
    }

    /// <summary>One of its series has counted.</summary>
    public void Forget() => _fresh = 0;

    private void Take(ReadOnlySpan<MetricSeries> series)
    {
        if (series.SequenceEqual(_series))
        {
            return;
        }
        _series = series.ToArray();
        Forget();
        foreach (MetricSeries member in _series)
        {
            member.Block = this;
        }
    }
}
