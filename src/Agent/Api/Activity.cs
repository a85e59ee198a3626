using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>What was done: since it was seen first, and between the last two looks.</summary>
internal sealed class Activity
{
    private FlowCounters _growth;
    private readonly ulong[] _waited = new ulong[Enum.GetValues<WaitReason>().Length];

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

    /// <summary>What all counters have grown by, histograms included.</summary>
    public ref readonly FlowCounters Growth => ref _growth;

    /// <summary>Nanoseconds of calls that ended between the last two looks and slept for this.</summary>
    public ulong Waited(WaitReason reason) => _waited[(int)reason];

    /// <summary>Adds a flow or a series.</summary>
    public void Add(Traced traced)
    {
        Add(traced.Direction, traced.Now);
        if (traced.Grew)
        {
            ref readonly FlowCounters growth = ref traced.Growth;
            _growth.Add(growth);
            NewOperations += growth.Operations();
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
