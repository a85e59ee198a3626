using Ipcscope.Capture;
using Ipcscope.Flows;

namespace Ipcscope.Ends;

/// <summary>Reads who is at which end from the kernel. Loaded once, it costs nothing between two looks.</summary>
public sealed class EndReader : IEndSource
{
    private readonly Snapshot _snapshot;

    private EndReader(Snapshot snapshot) => _snapshot = snapshot;

    /// <summary>Loads the iterators.</summary>
    /// <exception cref="CaptureException">They cannot be loaded.</exception>
    public static EndReader Load() => new(Snapshot.Load());

    /// <inheritdoc/>
    public ChannelEnds Read(IFlowSource? flows = null) => new(_snapshot.ReadDescriptors(), _snapshot.ReadProcesses(), flows, new ObjectEnds());

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();
}
