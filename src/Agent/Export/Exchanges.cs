using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Export;

/// <summary>Writes what both ends of a queue tell together: times of delivery and of answers.</summary>
internal static class Exchanges
{
    private static readonly Family Deliveries = new("ipc_delivery_seconds", "histogram", "seconds",
        "Time from the write of data to its read, by those who read it: count and sum are weighed by bytes of streams and by messages of anything else.");

    private static readonly Family Turnarounds = new("ipc_turnaround_seconds", "histogram", "seconds",
        "Time of answers: client, from its request's last byte to the answer; server, from the receipt of the request to the answer.");

    private static readonly Role Nobody = new("");
    private static readonly Role Client = new(",role=\"client\"");
    private static readonly Role Server = new(",role=\"server\"");

    /// <summary>Times in the queue.</summary>
    public static SeriesFamily Delivery { get; } = new(Deliveries, static (writer, series) =>
        WriteHistogram(writer, Deliveries, series, Nobody, Tally.Deliveries, (UInt128)series.Total.DeliveryTime * 1024));

    /// <summary>Times of answers.</summary>
    public static SeriesFamily Turnaround { get; } = new(Turnarounds, static (writer, series) =>
        WriteHistogram(
            writer, Turnarounds, series, series.Deed.Operation is Operation.Receive or Operation.Read ? Client : Server, Tally.Turnarounds, series.Total.TurnaroundNs));

    // Most series have neither: they do not read, or only what was not seen being written.
    private static void WriteHistogram(ExpositionWriter writer, Family family, MetricSeries series, Role role, int histogram, UInt128 nanoseconds)
    {
        ulong below = 0;
        Span<ulong> cumulative = stackalloc ulong[DurationBounds.Count];
        for (int i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] = below += series.Total.Bucket(histogram, i);
        }
        if (below == 0)
        {
            return;
        }
        for (int i = 0; i < cumulative.Length; i++)
        {
            writer.Line(family.Bucket, series.Labels, role.Bounds[i], cumulative[i]);
        }
        writer.Seconds(family.Sum, series.Labels, role.Close, nanoseconds);
        writer.Line(family.Count, series.Labels, role.Close, below);
    }

    // What follows the other labels.
    private sealed class Role(string label)
    {
        public byte[][] Bounds { get; } = [.. DurationBounds.Suffixes.Select(suffix => (byte[])[.. Encoding.ASCII.GetBytes(label), .. suffix])];

        public byte[] Close { get; } = Encoding.ASCII.GetBytes(label + "} ");
    }
}
