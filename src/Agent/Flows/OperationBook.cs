using System.Numerics;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>The counting rules of bpf/include/count.h for single operations. Both must give the same figures.</summary>
internal static class OperationBook
{
    private const int EAgain = 11;
    private const int EInProgress = 115;

    /// <summary>Whether the operation counts as an error.</summary>
    internal static bool IsError(in OperationRecord record) =>
        record.Result is < 0 and not -EAgain and not -EInProgress && !record.Flags.HasFlag(OperationMarks.Interrupted);

    /// <summary>Whether the size of an operation that succeeded is of bytes moved; of others it is only a length.</summary>
    internal static bool MovesBytes(Operation operation) =>
        operation is Operation.Read or Operation.Write or Operation.Send or Operation.Receive or Operation.Sync;

    /// <summary>Adds one operation to the counters.</summary>
    internal static void Count(ref FlowCounters counters, in OperationRecord record)
    {
        counters.LastSeen = record.Begin + record.Duration;
        if (record.Flags.HasFlag(OperationMarks.Interrupted))
        {
            counters.Interrupted++;
        }
        else if (record.Result >= 0)
        {
            CountSuccess(ref counters, record);
        }
        else if (IsError(record))
        {
            counters.Errors++;
        }
        else
        {
            counters.WouldBlock++;
            return;
        }
        CountDuration(ref counters, record);
    }

    /// <summary>The bucket of a size in bytes.</summary>
    internal static int SizeBucket(ulong bytes) =>
        bytes > 1 ? Math.Min(BitLength(bytes - 1), SizeBuckets.Count - 1) : 0;

    /// <summary>The bucket of a duration in nanoseconds.</summary>
    internal static int DurationBucket(ulong ns)
    {
        int bucket = Math.Max(BitLength(ns) - 6, 0);
        if (bucket < DurationBuckets.Count && ns > (1_000_000_000UL << bucket) >> DurationBuckets.Shift)
        {
            bucket++;
        }
        return Math.Min(bucket, DurationBuckets.Count - 1);
    }

    private static void CountSuccess(ref FlowCounters counters, in OperationRecord record)
    {
        ulong size = (ulong)record.Result;
        counters.Size[SizeBucket(size)]++;
        if (MovesBytes(record.Flow.Operation))
        {
            counters.Bytes += size;
        }
        if (record.Flags.HasFlag(OperationMarks.Truncated))
        {
            counters.Truncated++;
        }
    }

    private static void CountDuration(ref FlowCounters counters, in OperationRecord record)
    {
        if ((record.Flags & (OperationMarks.Continued | OperationMarks.Unmeasured)) != 0)
        {
            return;
        }
        if (record.Flags.HasFlag(OperationMarks.Untimed))
        {
            counters.Untimed++;
            return;
        }
        counters.DurationNs += record.Duration;
        counters.WaitNs += record.Flags.HasFlag(OperationMarks.Waited) ? record.Duration : 0;
        counters.Duration[DurationBucket(record.Duration)]++;
    }

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);
}
