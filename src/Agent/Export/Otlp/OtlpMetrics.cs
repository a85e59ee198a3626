using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export.Otlp;

/// <summary>The families of <see cref="IpcFamilies"/> and <see cref="Exchanges"/> as metrics of OpenTelemetry: a collector makes the same names of them for Prometheus.</summary>
internal static class OtlpMetrics
{
    private static readonly Counter[] Counters =
    [
        new("ipc.operations", "{operation}", "Completed calls and messages, failed ones included, would-block excluded.", static _ => true, static series => series.Total.Operations),
        new("ipc.bytes", "By", "Bytes moved by operations that succeeded.", static series => OperationBook.MovesBytes(series.Deed.Operation), static series => series.Total.Bytes),
        new("ipc.would_block", "{call}", "Calls that returned EAGAIN or EINPROGRESS.", static series => series.Total.WouldBlock != 0, static series => series.Total.WouldBlock),
        new("ipc.truncated", "{message}", "Datagrams cut to the size of the reader's buffer.", static series => series.Total.Truncated != 0, static series => series.Total.Truncated),
        new("ipc.untimed", "{operation}", "Operations whose start was not seen.", static series => series.Total.Untimed != 0, static series => series.Total.Untimed),
    ];

    /// <summary>Writes all metrics of one identity.</summary>
    public static void Write(OtlpPoints points, IReadOnlyList<MetricSeries> all)
    {
        foreach (Counter counter in Counters)
        {
            points.BeginSum(counter.Name, counter.Unit, counter.Description);
            foreach (MetricSeries series in all.Where(counter.Applies))
            {
                points.Whole(series.Deed, counter.Value(series));
            }
            points.End();
        }
        WriteErrors(points, all);
        WriteWaits(points, all);
        WriteDurations(points, all);
        points.BeginHistogram("ipc.delivery", "Time from the write of data to its read, weighed by bytes of streams and by messages of anything else.");
        foreach (MetricSeries series in all)
        {
            WriteBuckets(points, series, Tally.Deliveries, series.Total.DeliveryTime * 1024e-9, "", "");
        }
        points.End();
        points.BeginHistogram("ipc.turnaround", "Time of answers: client, from its request's last byte to the answer; server, from the receipt of the request to the answer.");
        foreach (MetricSeries series in all)
        {
            string role = series.Deed.Operation is Operation.Receive or Operation.Read ? "client" : "server";
            WriteBuckets(points, series, Tally.Turnarounds, series.Total.TurnaroundNs * 1e-9, "ipc.role", role);
        }
        points.End();
    }

    private static void WriteErrors(OtlpPoints points, IReadOnlyList<MetricSeries> all)
    {
        points.BeginSum("ipc.errors", "{operation}", "Failed operations by errno name; interrupted: the caller was killed inside the call; other: the errno is not known.");
        foreach (MetricSeries series in all)
        {
            foreach (ErrorCount error in series.Errors.Counts)
            {
                points.Whole(series.Deed, error.Count, "error.type", error.Number == 0 ? "other" : Errno.Name(error.Number));
            }
            if (series.Total.Interrupted != 0)
            {
                points.Whole(series.Deed, series.Total.Interrupted, "error.type", "interrupted");
            }
        }
        points.End();
    }

    private static void WriteWaits(OtlpPoints points, IReadOnlyList<MetricSeries> all)
    {
        points.BeginSum("ipc.wait", "s", "Time of calls that slept, by what they waited for: full (room), empty (something to take), lock.");
        foreach (MetricSeries series in all)
        {
            if (series.Deed.Reason is var reason and not WaitReason.None)
            {
                points.Seconds(series.Deed, series.Total.WaitNs * 1e-9, "ipc.reason", Words.Reasons[(int)reason]);
            }
        }
        points.End();
    }

    private static void WriteDurations(OtlpPoints points, IReadOnlyList<MetricSeries> all)
    {
        Span<ulong> buckets = stackalloc ulong[DurationBounds.Count];
        points.BeginHistogram("ipc.operation.duration", "Time from entry to exit of a call, waiting included.");
        foreach (MetricSeries series in all)
        {
            if (series.Deed.Operation is Operation.Pass or Operation.Take)
            {
                continue; // part of a send or receive, which has the duration
            }
            for (int i = 0; i < buckets.Length; i++)
            {
                buckets[i] = series.Total.Duration(i);
            }
            points.Histogram(series.Deed, buckets, series.Total.DurationNs * 1e-9);
        }
        points.End();
    }

    private static void WriteBuckets(OtlpPoints points, MetricSeries series, int histogram, double sum, string key, string word)
    {
        Span<ulong> buckets = stackalloc ulong[DurationBounds.Count];
        for (int i = 0; i < buckets.Length; i++)
        {
            buckets[i] = series.Total.Bucket(histogram, i);
        }
        if (buckets.ContainsAnyExcept(0UL))
        {
            points.Histogram(series.Deed, buckets, sum, key, word);
        }
    }

    private sealed record Counter(string Name, string Unit, string Description, Func<MetricSeries, bool> Applies, Func<MetricSeries, ulong> Value);
}
