using System.IO.Pipelines;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Export.Gzip;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Takes snapshots of the flows and makes the IPC part of the page out of them, for one scrape at a time.</summary>
internal sealed class IpcScrape(IFlowSource flows, MetricsOptions options, ObjectScrape? objects, InFlight? inFlight, EdgeScrape? edges, Enrich.Places? places = null) : IDisposable
{
    // No limit: a page is finished in memory before the first byte leaves, because a scraper that reads slowly must not hold the table.
    private static readonly PipeOptions Unbounded =
        new(minimumSegmentSize: 1 << 16, pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly int[] _channels = new int[Words.Mechanisms.Length];
    private SeriesSample[] _series = [];
    private long _ticks;

    /// <summary>What ends an OpenMetrics page.</summary>
    public static ReadOnlySpan<byte> EndMark => "# EOF\n"u8;

    /// <summary>The series shown.</summary>
    public SeriesTable Table { get; } = new(new IdentityLabels(options.Labels, places: places), options.MaxSeries);

    /// <summary>How many series are shown, edges included.</summary>
    public int Shown => Table.Shown + (edges?.Table.Shown ?? 0);

    /// <summary>How many have been folded into <c>other</c> since the start, edges included.</summary>
    public long Folded => Table.Folded + (edges?.Table.Folded ?? 0);

    /// <summary>The most series shown.</summary>
    public int MaxSeries { get; } = options.MaxSeries;

    /// <summary>What the kernel refuses of what is shown beside operations.</summary>
    public IEnumerable<MissingPart> Missing => [.. objects?.Missing ?? [], .. edges?.Missing ?? []];

    /// <summary>How long the last answer took to make.</summary>
    public TimeSpan Duration
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _ticks));
        set => Volatile.Write(ref _ticks, value.Ticks);
    }

    /// <summary>Takes a snapshot.</summary>
    public async Task UpdateAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            int count = flows.CopySeries(ref _series);
            Table.Update(_series.AsSpan(0, count));
            Array.Clear(_channels);
            flows.CountChannels(_channels);
            inFlight?.Update(Table);
            edges?.Update(MaxSeries - Table.Shown);
            objects?.Update();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes a whole page of what stands above and the IPC families.</summary>
    /// <param name="above">The exporter's lines, without the end mark.</param>
    /// <param name="openMetrics">The format: OpenMetrics (true) or Prometheus text (false).</param>
    /// <param name="cancellation">Ends the wait for other scrapes.</param>
    /// <returns>The page, compressed with gzip (10,000 series are 4 MB instead of 41); one read gives all of it.</returns>
    public async Task<PipeReader> RenderAsync(ReadOnlyMemory<byte> above, bool openMetrics, CancellationToken cancellation)
    {
        Pipe page = new(Unbounded);
        await _gate.WaitAsync(cancellation);
        try
        {
            Render(page.Writer, above.Span, openMetrics);
        }
        finally
        {
            _gate.Release();
        }
        return page.Reader;
    }

    /// <summary>Reads the series as they are now, for another exporter. The table must not change meanwhile.</summary>
    public async Task<T> ReadAsync<T>(Func<SeriesTable, T> read, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            int count = flows.CopySeries(ref _series);
            Table.Update(_series.AsSpan(0, count));
            return read(Table);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        objects?.Dispose();
        _gate.Dispose();
    }

    private void Render(PipeWriter page, ReadOnlySpan<byte> above, bool openMetrics)
    {
        GzipPage compressed = new(page);
        using ExpositionWriter writer = new(compressed);
        writer.Write(above);
        IpcFamilies.Write(writer, Table, _channels, openMetrics);
        inFlight?.Write(writer, openMetrics);
        if (edges is not null)
        {
            EdgeFamilies.Write(writer, edges.Table, openMetrics);
        }
        objects?.Write(writer, openMetrics);
        writer.Write(openMetrics ? EndMark : default);
        writer.Flush();
        compressed.End();
        page.Complete();
    }
}
