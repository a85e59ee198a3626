using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Writes the <c>ipc_</c> families: every family with its header, even if nothing was counted yet.</summary>
internal static class IpcFamilies
{
    private static readonly Family Errors = new("ipc_errors", "counter", null,
        "Failed operations by errno name; interrupted: the caller was killed inside the call; other: the errno is not known.");

    private static readonly Family Duration = new("ipc_operation_duration_seconds", "histogram", "seconds",
        "Time from entry to exit of a call, waiting included; sendmmsg and recvmmsg are one call of many operations.");

    private static readonly Family Wait = new("ipc_wait_seconds", "counter", "seconds",
        "Time of calls that slept, by what they waited for: full (room), empty (something to take), lock (a semaphore or futex).");

    private static readonly byte[][] Reasons = [.. Words.Reasons.Select(static word => Encoding.ASCII.GetBytes($",reason=\"{word}\"}} "))];

    private static readonly SeriesFamily[] All =
    [
        Counter(new("ipc_operations", "counter", null, "Completed calls and messages, failed ones included, would-block excluded."),
            static _ => true,
            static series => series.Total.Operations),
        Counter(new("ipc_bytes", "counter", "bytes", "Bytes moved by operations that succeeded."),
            static series => OperationBook.MovesBytes(series.Deed.Operation),
            static series => series.Total.Bytes),
        Counter(new("ipc_would_block", "counter", null, "Calls that returned EAGAIN or EINPROGRESS: neither operations nor errors."),
            static _ => true,
            static series => series.Total.WouldBlock),
        Counter(new("ipc_truncated", "counter", null, "Datagrams cut to the size of the reader's buffer, as far as the kernel tells."),
            static series => series.Deed is
            {
                Operation: Operation.Receive,
                Mechanism: Mechanism.Unix or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink,
            },
            static series => series.Total.Truncated),
        Counter(new("ipc_untimed", "counter", null, "Operations whose start was not seen: in ipc_operations_total, missing in ipc_operation_duration_seconds."),
            static series => series.Total.Untimed != 0,
            static series => series.Total.Untimed),
        new(Errors, WriteErrors),
        new(Wait, WriteWait),
        new(Duration, WriteDurations),
        Exchanges.Delivery,
        Exchanges.Turnaround,
    ];

    private static readonly Family Channels = new("ipc_channels", "gauge", null, "Channels with a live flow.");
    private static readonly Family Processes = new("ipc_processes", "gauge", null, "Running processes that have used the mechanism.");
    private static readonly byte[][] MechanismLabels = [.. Words.Mechanisms.Select(static word => Encoding.ASCII.GetBytes($"mechanism=\"{word}\""))];

    /// <summary>How many families there are of which every series has lines of its own.</summary>
    public static int Count => All.Length;

    private static ReadOnlySpan<byte> Close => "} "u8;

    /// <summary>Writes all families.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The series.</param>
    /// <param name="channels">Channels by the value of <see cref="Mechanism"/>.</param>
    /// <param name="openMetrics">Whether the headers are those of OpenMetrics; samples are the same in both formats.</param>
    public static void Write(ExpositionWriter writer, SeriesTable table, ReadOnlySpan<int> channels, bool openMetrics)
    {
        for (int i = 0; i < All.Length; i++)
        {
            writer.Write(All[i].Family.Header(openMetrics));
            foreach (SeriesBlock block in table.Blocks)
            {
                block.Write(writer, All[i], i);
            }
        }
        WriteGauge(writer, Channels, channels, openMetrics);
        WriteGauge(writer, Processes, table.Processes, openMetrics);
    }

    private static SeriesFamily Counter(Family family, Func<MetricSeries, bool> applies, Func<MetricSeries, ulong> value) => new(family, (writer, series) =>
    {
        if (applies(series))
        {
            writer.Line(family.Sample, series.Labels, Close, value(series));
        }
    });

    private static void WriteWait(ExpositionWriter writer, MetricSeries series)
    {
        if (series.Deed.Reason is var reason and not WaitReason.None)
        {
            writer.Seconds(Wait.Sample, series.Labels, Reasons[(int)reason], series.Total.WaitNs);
        }
    }

    private static void WriteErrors(ExpositionWriter writer, MetricSeries series)
    {
        foreach (ErrorCount error in series.Errors.Counts)
        {
            writer.Line(Errors.Sample, series.Labels, ErrorLabels.Of(error.Number), error.Count);
        }
        if (series.Total.Interrupted != 0)
        {
            writer.Line(Errors.Sample, series.Labels, ErrorLabels.Interrupted, series.Total.Interrupted);
        }
    }

    private static void WriteDurations(ExpositionWriter writer, MetricSeries series)
    {
        if (series.Deed.Operation is Operation.Pass or Operation.Take)
        {
            return; // part of a send or receive, which has the duration
        }
        ReadOnlySpan<byte> labels = series.Labels;
        ReadOnlySpan<byte> bucket = Duration.Bucket;
        byte[][] bounds = DurationBounds.Suffixes;
        ulong below = 0;
        for (int i = 0; i < bounds.Length; i++)
        {
            below += series.Total.Duration(i);
            writer.Line(bucket, labels, bounds[i], below);
        }
        writer.Seconds(Duration.Sum, labels, Close, series.Total.DurationNs);
        writer.Line(Duration.Count, labels, Close, below);
    }

    private static void WriteGauge(ExpositionWriter writer, Family family, ReadOnlySpan<int> values, bool openMetrics)
    {
        writer.Write(family.Header(openMetrics));
        for (int mechanism = 1; mechanism < values.Length; mechanism++)
        {
            writer.Line(family.Sample, MechanismLabels[mechanism], Close, (ulong)values[mechanism]);
        }
    }
}
