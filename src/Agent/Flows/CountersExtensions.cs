using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What follows from the counters.</summary>
public static class CountersExtensions
{
    /// <summary>Whether every counter is equal.</summary>
    public static bool IsSame(this in FlowCounters counters, in FlowCounters other) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<FlowCounters>(in counters)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<FlowCounters>(in other)));

    /// <summary>Completed calls and messages: errors included, would-block excluded.</summary>
    public static ulong Operations(this in FlowCounters counters) => counters.Errors + counters.Interrupted + counters.Succeeded();

    /// <summary>Everything that was booked, once each: operations and would-block calls.</summary>
    public static ulong Booked(this in FlowCounters counters) => counters.Operations() + counters.WouldBlock;

    /// <summary>Completed calls and messages that did what they should.</summary>
    public static ulong Succeeded(this in FlowCounters counters)
    {
        ulong sum = 0;
        foreach (ulong count in counters.Size)
        {
            sum += count;
        }
        return sum;
    }

    /// <summary>Calls with a known duration: the count of the duration histogram.</summary>
    public static ulong Timed(this in FlowCounters counters) => counters.Duration.Total();

    /// <summary>Mean time in the queue of what was read, seconds; NaN if it is known of nothing.</summary>
    public static double MeanDelivery(this in FlowCounters counters) =>
        counters.DeliveryTime * 1024e-9 / counters.Delivery.Total() is var mean && double.IsFinite(mean) ? mean : double.NaN;

    /// <summary>Mean time of the answers, seconds; NaN without any.</summary>
    public static double MeanTurnaround(this in FlowCounters counters) =>
        counters.TurnaroundNs * 1e-9 / counters.Turnaround.Total() is var mean && double.IsFinite(mean) ? mean : double.NaN;

    /// <summary>What is in all buckets together.</summary>
    public static ulong Total(this in DurationBuckets buckets)
    {
        ulong sum = 0;
        foreach (ulong count in buckets)
        {
            sum += count;
        }
        return sum;
    }

    /// <summary>Adds bucket by bucket.</summary>
    public static void Add(this ref DurationBuckets buckets, in DurationBuckets other)
    {
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            buckets[i] += other[i];
        }
    }

    /// <summary>Adds every counter of <paramref name="other"/>; first and last sight become the widest.</summary>
    public static void Add(this ref FlowCounters counters, in FlowCounters other)
    {
        counters.Bytes += other.Bytes;
        counters.Errors += other.Errors;
        counters.WouldBlock += other.WouldBlock;
        counters.Interrupted += other.Interrupted;
        counters.Truncated += other.Truncated;
        counters.Untimed += other.Untimed;
        counters.DurationNs += other.DurationNs;
        counters.WaitNs += other.WaitNs;
        counters.DeliveryTime += other.DeliveryTime;
        counters.TurnaroundNs += other.TurnaroundNs;
        if (counters.FirstSeen == 0 || (other.FirstSeen != 0 && other.FirstSeen < counters.FirstSeen))
        {
            counters.FirstSeen = other.FirstSeen;
        }
        counters.LastSeen = Math.Max(counters.LastSeen, other.LastSeen);
        counters.Duration.Add(other.Duration);
        counters.Delivery.Add(other.Delivery);
        counters.Turnaround.Add(other.Turnaround);
        for (int i = 0; i < SizeBuckets.Count; i++)
        {
            counters.Size[i] += other.Size[i];
        }
    }

    /// <summary>Takes every counter of <paramref name="before"/>, an earlier reading of the same, away; first and last sight stay.</summary>
    public static void Subtract(this ref FlowCounters counters, in FlowCounters before)
    {
        counters.Bytes -= before.Bytes;
        counters.Errors -= before.Errors;
        counters.WouldBlock -= before.WouldBlock;
        counters.Interrupted -= before.Interrupted;
        counters.Truncated -= before.Truncated;
        counters.Untimed -= before.Untimed;
        counters.DurationNs -= before.DurationNs;
        counters.WaitNs -= before.WaitNs;
        counters.DeliveryTime -= before.DeliveryTime;
        counters.TurnaroundNs -= before.TurnaroundNs;
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            counters.Duration[i] -= before.Duration[i];
            counters.Delivery[i] -= before.Delivery[i];
            counters.Turnaround[i] -= before.Turnaround[i];
        }
        for (int i = 0; i < SizeBuckets.Count; i++)
        {
            counters.Size[i] -= before.Size[i];
        }
    }

    /// <summary>
    /// The upper bound in seconds of the bucket that holds quantile <paramref name="quantile"/> (0 to 1) of the timed calls;
    /// NaN without any. The truth is at most a factor of two below.
    /// </summary>
    public static double DurationQuantile(this in FlowCounters counters, double quantile) => counters.Duration.Quantile(quantile);

    /// <summary>The same of any histogram.</summary>
    public static double Quantile(this in DurationBuckets buckets, double quantile)
    {
        ulong total = buckets.Total();
        if (total == 0)
        {
            return double.NaN;
        }
        double rank = Math.Max(1, Math.Ceiling(quantile * total));
        ulong seen = 0;
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            seen += buckets[i];
            if (seen >= rank)
            {
                return Math.ScaleB(1, i - DurationBuckets.Shift);
            }
        }
        return double.PositiveInfinity;
    }
}
