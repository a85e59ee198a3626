using System.Runtime.CompilerServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>What the page shows of one series, as numbers that only grow.</summary>
[InlineArray(Length)]
internal struct Tally
{
    private const int Fixed = 10;
    /// <summary>The histogram of bytes or messages read, by their time in the queue.</summary>
    internal const int Deliveries = Fixed + DurationBounds.Count;
    /// <summary>The histogram of answers.</summary>
    internal const int Turnarounds = Deliveries + DurationBounds.Count;
    private const int Length = Turnarounds + DurationBounds.Count;
    private ulong _first;

    /// <summary>Completed calls and messages.</summary>
    public readonly ulong Operations => this[0];

    /// <summary>Bytes moved.</summary>
    public readonly ulong Bytes => this[1];

    /// <summary>Calls that would have had to wait.</summary>
    public readonly ulong WouldBlock => this[2];

    /// <summary>Calls that never returned.</summary>
    public readonly ulong Interrupted => this[3];

    /// <summary>Datagrams cut to the reader's buffer.</summary>
    public readonly ulong Truncated => this[4];

    /// <summary>Calls without a known start.</summary>
    public readonly ulong Untimed => this[5];

    /// <summary>Summed duration of the timed calls, nanoseconds.</summary>
    public readonly ulong DurationNs => this[6];

    /// <summary>The part of it spent in calls that slept, nanoseconds.</summary>
    public readonly ulong WaitNs => this[7];

    /// <summary>Summed time in the queue of what was read, in units of 1024 ns.</summary>
    public readonly ulong DeliveryTime => this[8];

    /// <summary>Summed time of answers, nanoseconds.</summary>
    public readonly ulong TurnaroundNs => this[9];

    /// <summary>How much fell into bucket <paramref name="index"/> of <see cref="Deliveries"/> or <see cref="Turnarounds"/>, not cumulative.</summary>
    public readonly ulong Bucket(int histogram, int index) => this[histogram + index];

    /// <summary>How many durations fell into bucket <paramref name="index"/> of <see cref="DurationBounds"/>, not cumulative.</summary>
    public readonly ulong Duration(int index) => this[Fixed + index];

    /// <summary>Takes what the page shows out of all the counters.</summary>
    public static Tally Of(in FlowCounters counters)
    {
        Tally tally = default;
        tally[0] = counters.Operations();
        tally[1] = counters.Bytes;
        tally[2] = counters.WouldBlock;
        tally[3] = counters.Interrupted;
        tally[4] = counters.Truncated;
        tally[5] = counters.Untimed;
        tally[6] = counters.DurationNs;
        tally[7] = counters.WaitNs;
        tally[8] = counters.DeliveryTime;
        tally[9] = counters.TurnaroundNs;
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            int bound = Math.Max(0, i - DurationBounds.First);
            tally[Fixed + bound] += counters.Duration[i];
            tally[Deliveries + bound] += counters.Delivery[i];
            tally[Turnarounds + bound] += counters.Turnaround[i];
        }
        return tally;
    }

    /// <summary>
    /// Adds what has grown from <paramref name="last"/> to <paramref name="now"/>, and remembers it in <paramref name="last"/>.
    /// A number that went down adds nothing until it is higher than ever: then nothing was added twice.
    /// </summary>
    /// <returns>The operations and would-blocks added.</returns>
    public ulong Grow(ref Tally last, in Tally now)
    {
        ulong before = Operations + WouldBlock;
        for (int i = 0; i < Length; i++)
        {
            if (now[i] > last[i])
            {
                this[i] += now[i] - last[i];
                last[i] = now[i];
            }
        }
        return Operations + WouldBlock - before;
    }

    /// <summary>Adds all of <paramref name="other"/>.</summary>
    public void Add(in Tally other)
    {
        for (int i = 0; i < Length; i++)
        {
            this[i] += other[i];
        }
    }
}
