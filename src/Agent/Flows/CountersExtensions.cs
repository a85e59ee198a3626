using System.Numerics;
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
    public static ulong Succeeded(this in FlowCounters counters) => Sum(counters.Size);

    /// <summary>Calls with a known duration: the count of the duration histogram.</summary>
    public static ulong Timed(this in FlowCounters counters) => counters.Duration.Total();

    /// <summary>Mean time in the queue of what was read, seconds; NaN if it is known of nothing.</summary>
    public static double MeanDelivery(this in FlowCounters counters) =>
        counters.DeliveryTime * 1024e-9 / counters.Delivery.Total() is var mean && double.IsFinite(mean) ? mean : double.NaN;

    /// <summary>Mean time of the answers, seconds; NaN without any.</summary>
    public static double MeanTurnaround(this in FlowCounters counters) =>
        counters.TurnaroundNs * 1e-9 / counters.Turnaround.Total() is var mean && double.IsFinite(mean) ? mean : double.NaN;

    /// <summary>What is in all buckets together.</summary>
    public static ulong Total(this in DurationBuckets buckets) => Sum(buckets);

    /// <summary>Adds bucket by bucket.</summary>
    public static void Add(this ref DurationBuckets buckets, in DurationBuckets other) => Add((Span<ulong>)buckets, other);

    /// <summary>Adds every counter of <paramref name="other"/>; first and last sight become the widest.</summary>
    public static void Add(this ref FlowCounters counters, in FlowCounters other)
    {
        ulong first = counters.FirstSeen == 0 || (other.FirstSeen != 0 && other.FirstSeen < counters.FirstSeen) ? other.FirstSeen : counters.FirstSeen;
        ulong last = Math.Max(counters.LastSeen, other.LastSeen);
        Add(All(ref counters), Read(in other));
        (counters.FirstSeen, counters.LastSeen) = (first, last);
    }

    /// <summary>Takes every counter of <paramref name="before"/>, an earlier reading of the same, away; first and last sight stay.</summary>
    public static void Subtract(this ref FlowCounters counters, in FlowCounters before)
    {
        (ulong first, ulong last) = (counters.FirstSeen, counters.LastSeen);
        Span<ulong> left = All(ref counters);
        ReadOnlySpan<ulong> less = Read(in before);
        for (int i = 0; i + Vector<ulong>.Count <= left.Length; i += Vector<ulong>.Count)
        {
            (new Vector<ulong>(left[i..]) - new Vector<ulong>(less[i..])).CopyTo(left[i..]);
        }
        for (int i = left.Length - (left.Length % Vector<ulong>.Count); i < left.Length; i++)
        {
            left[i] -= less[i];
        }
        (counters.FirstSeen, counters.LastSeen) = (first, last);
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

    // All of them are of one type and lie side by side: see contract.h.
    private static Span<ulong> All(ref FlowCounters counters) => MemoryMarshal.Cast<FlowCounters, ulong>(new Span<FlowCounters>(ref counters));

    private static ReadOnlySpan<ulong> Read(ref readonly FlowCounters counters) => MemoryMarshal.Cast<FlowCounters, ulong>(new ReadOnlySpan<FlowCounters>(in counters));

    private static void Add(Span<ulong> sums, ReadOnlySpan<ulong> more)
    {
        for (int i = 0; i + Vector<ulong>.Count <= sums.Length; i += Vector<ulong>.Count)
        {
            (new Vector<ulong>(sums[i..]) + new Vector<ulong>(more[i..])).CopyTo(sums[i..]);
        }
        for (int i = sums.Length - (sums.Length % Vector<ulong>.Count); i < sums.Length; i++)
        {
            sums[i] += more[i];
        }
    }

    private static ulong Sum(ReadOnlySpan<ulong> counts)
    {
        Vector<ulong> sums = Vector<ulong>.Zero;
        int i = 0;
        for (; i + Vector<ulong>.Count <= counts.Length; i += Vector<ulong>.Count)
        {
            sums += new Vector<ulong>(counts[i..]);
        }
        ulong sum = Vector.Sum(sums);
        for (; i < counts.Length; i++)
        {
            sum += counts[i];
        }
        return sum;
    }
}
