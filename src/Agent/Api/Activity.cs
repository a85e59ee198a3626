using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>What was done: since it was seen first, and between the last two looks.</summary>
internal sealed class Activity
{
    private WaitTimes _waited;

    [System.Runtime.CompilerServices.InlineArray(Reasons)]
    private struct WaitTimes
    {
        public const int Reasons = 4;
        private ulong _first;
    }

    /// <summary>Completed operations, errors included.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Failed operations.</summary>
    public ulong Errors { get; private set; }

    /// <summary>Calls that would have had to wait: no operations.</summary>
    public ulong WouldBlock { get; private set; }

    /// <summary>Bytes written or sent.</summary>
    public ulong Written { get; private set; }

    /// <summary>Bytes read or received.</summary>
    public ulong Read { get; private set; }

    /// <summary>Operations between the last two looks.</summary>
    public ulong NewOperations { get; private set; }

    /// <summary>Bytes written between the last two looks.</summary>
    public ulong NewWritten { get; private set; }

    /// <summary>Bytes read between the last two looks.</summary>
    public ulong NewRead { get; private set; }

    /// <summary>Failed operations between the last two looks.</summary>
    public ulong NewErrors { get; private set; }

    /// <summary>How long calls took that ended between the last two looks, seconds; NaN: there were none.</summary>
    public (double Median, double Most) Duration { get; private set; } = (double.NaN, double.NaN);

    /// <summary>How long what was read between the last two looks was in the queue, seconds; NaN: that is not known of anything.</summary>
    public (double Median, double Most) Delivery { get; private set; } = (double.NaN, double.NaN);

    /// <summary>Nanoseconds of calls that ended between the last two looks and slept for this.</summary>
    public ulong Waited(WaitReason reason) => _waited[(int)reason];

    /// <summary>Adds flows or series; times are of these alone.</summary>
    public void Add(IReadOnlyList<Traced> all)
    {
        DurationBuckets duration = default, delivery = default;
        bool grew = false;
        foreach (Traced traced in all)
        {
            Add(traced);
            if (traced.Grew)
            {
                grew = true;
                duration.Add(traced.Growth.Duration);
                delivery.Add(traced.Growth.Delivery);
            }
        }
        if (grew)
        {
            Duration = (duration.Quantile(0.5), duration.Quantile(0.99));
            Delivery = (delivery.Quantile(0.5), delivery.Quantile(0.99));
        }
    }

    /// <summary>Adds a flow or a series, times aside.</summary>
    public void Add(Traced traced)
    {
        Add(traced.Direction, traced.Now);
        if (traced.Grew)
        {
            ref readonly FlowCounters growth = ref traced.Growth;
            NewOperations += growth.Operations();
            NewErrors += growth.Errors;
            _waited[(int)WaitReasons.Reason(traced.Mechanism, traced.Operation)] += growth.WaitNs;
            NewWritten += traced.Direction == DataDirection.Out ? growth.Bytes : 0;
            NewRead += traced.Direction == DataDirection.In ? growth.Bytes : 0;
        }
    }

    /// <summary>Adds the sums of another.</summary>
    public void Add(Activity other) => Add(other.Operations, other.Errors, other.WouldBlock, other.Written, other.Read);

    /// <summary>Adds sums.</summary>
    public void Add(ulong operations, ulong errors, ulong wouldBlock, ulong written, ulong read)
    {
        Operations += operations;
        Errors += errors;
        WouldBlock += wouldBlock;
        Written += written;
        Read += read;
    }

    /// <summary>Adds sums without growth.</summary>
    public void Add(DataDirection direction, in FlowCounters now)
    {
        Operations += now.Operations();
        Errors += now.Errors;
        WouldBlock += now.WouldBlock;
        Written += direction == DataDirection.Out ? now.Bytes : 0;
        Read += direction == DataDirection.In ? now.Bytes : 0;
    }
}
