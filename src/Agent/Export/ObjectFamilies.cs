using System.Text;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Export;

/// <summary>Writes the families of objects: what is in queues, how large shared memory is, what was left behind.</summary>
internal static class ObjectFamilies
{
    /// <summary>How many objects of a mechanism have lines of their own.</summary>
    public const int Budget = 200;

    private static readonly Mechanism[] Queues = [Mechanism.Mq, Mechanism.SysvMsg];
    private static readonly Mechanism[] Memories = [Mechanism.SysvShm, Mechanism.Shm];
    private static readonly Mechanism[] Abandoned = [Mechanism.Mq, Mechanism.SysvMsg, Mechanism.SysvSem, Mechanism.SysvShm, Mechanism.Shm];

    private static readonly Gauge[] QueueGauges =
    [
        new(new("ipc_queue_messages", "gauge", null, "Messages in a queue."), static _ => true, static series => series.Messages),
        new(new("ipc_queue_bytes", "gauge", "bytes", "Bytes in a queue."), static _ => true, static series => series.Bytes),
        new(new("ipc_queue_limit_messages", "gauge", null, "The most messages that a POSIX queue takes."),
            static series => series.Mechanism == Mechanism.Mq, static series => series.MessagesLimit),
        new(new("ipc_queue_limit_bytes", "gauge", "bytes", "The most bytes that a queue takes."), static _ => true, static series => series.BytesLimit),
    ];

    private static readonly Gauge[] MemoryGauges =
    [
        new(new("ipc_shared_memory_bytes", "gauge", "bytes", "Size of shared memory."), static _ => true, static series => series.Bytes),
        new(new("ipc_shared_memory_resident_bytes", "gauge", "bytes", "The part of shared memory that is in memory."),
            static _ => true, static series => series.Resident),
        new(new("ipc_shared_memory_processes", "gauge", null, "Processes that have it open, mapped or attached, counted for each object."),
            static _ => true, static series => series.Processes),
    ];

    private static readonly Gauge Touched = new(
        new("ipc_shared_memory_touched_bytes_estimate", "gauge", null,
            "Bytes touched within one second, from a sample: what the last look at each process that maps it has seen, added up."),
        static series => series.Touched is not null,
        static series => series.Touched!.Value);

    private static readonly Family Orphans = new("ipc_orphans", "gauge", null,
        "Objects that no process holds and whose maker, or last user, is gone.");

    private static ReadOnlySpan<byte> Close => "} "u8;

    /// <summary>Writes all families.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="objects">What exists.</param>
    /// <param name="sampled">Whether the volume touched is sampled.</param>
    /// <param name="openMetrics">Whether the headers are those of OpenMetrics.</param>
    public static void Write(ExpositionWriter writer, IReadOnlyList<IpcObject> objects, bool sampled, bool openMetrics)
    {
        Write(writer, QueueGauges, ObjectSeries.Fold(objects.Where(o => Queues.Contains(o.Mechanism)), Budget), openMetrics);
        Write(writer, sampled ? [.. MemoryGauges, Touched] : MemoryGauges, ObjectSeries.Fold(objects.Where(o => Memories.Contains(o.Mechanism)), Budget), openMetrics);
        writer.Write(Orphans.Header(openMetrics));
        foreach (Mechanism mechanism in Abandoned)
        {
            byte[] labels = Encoding.ASCII.GetBytes($"mechanism=\"{Words.Mechanisms[(int)mechanism]}\"");
            writer.Line(Orphans.Sample, labels, Close, (ulong)objects.Count(o => o.Mechanism == mechanism && o.State == ObjectState.Orphan));
        }
    }

    private static void Write(ExpositionWriter writer, Gauge[] gauges, List<ObjectSeries> all, bool openMetrics)
    {
        foreach (Gauge gauge in gauges)
        {
            writer.Write(gauge.Family.Header(openMetrics));
            foreach (ObjectSeries series in all.Where(gauge.Applies))
            {
                writer.Line(gauge.Family.Sample, series.Labels, Close, gauge.Value(series));
            }
        }
    }

    private sealed record Gauge(Family Family, Func<ObjectSeries, bool> Applies, Func<ObjectSeries, ulong> Value);
}
