namespace Ipcscope.Export;

/// <summary>Writes the families of edges.</summary>
internal static class EdgeFamilies
{
    private static readonly Family Operations = new("ipc_edge_operations", "counter", null,
        "Operations that put something in, by who did and who took it out; failed ones are not included.");

    private static readonly Family Bytes = new("ipc_edge_bytes", "counter", "bytes", "Bytes put in, by who did and who took them out.");

    private static ReadOnlySpan<byte> Close => "} "u8;

    /// <summary>Writes both families.</summary>
    public static void Write(ExpositionWriter writer, EdgeSeriesTable table, bool openMetrics)
    {
        writer.Write(Operations.Header(openMetrics));
        foreach (EdgeSeries series in table.Series)
        {
            writer.Line(Operations.Sample, series.Labels, Close, series.Operations);
        }
        writer.Write(Bytes.Header(openMetrics));
        foreach (EdgeSeries series in table.Series)
        {
            writer.Line(Bytes.Sample, series.Labels, Close, series.Bytes);
        }
    }
}
