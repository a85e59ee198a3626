using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Edges;

namespace Ipcscope.Export;

/// <summary>The edges of one scrape after the other. The table is brought up to date by others: a scrape only copies it.</summary>
internal sealed class EdgeScrape(EdgeTable edges, MetricsOptions options, Enrich.Places? places = null)
{
    private EdgeSample[] _samples = [];

    /// <summary>The series shown.</summary>
    public EdgeSeriesTable Table { get; } = new(options.Labels, places);

    /// <summary>What the kernel refuses of what edges are made from.</summary>
    public IReadOnlyList<MissingPart> Missing => edges.Missing;

    /// <summary>Takes the edges as they are now.</summary>
    /// <param name="room">How many series there may be.</param>
    public void Update(int room)
    {
        int count = edges.Copy(ref _samples);
        Table.Update(_samples.AsSpan(0, count), Math.Max(room, 0));
    }
}
