using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>What became of events that were made for viewers. Can be asked from any thread.</summary>
internal sealed class StreamLedger
{
    private long _made;
    private long _written;
    private long _dropped;

    /// <summary>As a stage of the pipeline.</summary>
    public StageCount Stage => new(Stages.Output, (ulong)Volatile.Read(ref _made), (ulong)Volatile.Read(ref _written), (ulong)Volatile.Read(ref _dropped));

    /// <summary>One was made for a viewer.</summary>
    public void Made() => Interlocked.Increment(ref _made);

    /// <summary>One was written to its viewer.</summary>
    public void Written() => Interlocked.Increment(ref _written);

    /// <summary>So many were given up, because their viewer was too slow.</summary>
    public void Dropped(int count) => Interlocked.Add(ref _dropped, count);

    /// <summary>So many are nobody's any more: their viewer has gone.</summary>
    public void Unmade(int count) => Interlocked.Add(ref _made, -count);
}
