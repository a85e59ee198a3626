using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Flows;
using Ipcscope.Objects;

namespace Ipcscope.Ends;

/// <summary>Reads who is at which end from the kernel. Loaded once, it costs nothing between two looks.</summary>
public sealed class EndReader : IEndSource
{
    private readonly Snapshot _snapshot;
    private ObjectPrograms? _objects;

    private EndReader(Snapshot snapshot) => _snapshot = snapshot;

    /// <summary>Loads the iterators.</summary>
    /// <exception cref="CaptureException">They cannot be loaded.</exception>
    public static EndReader Load() => new(Snapshot.Load());

    /// <inheritdoc/>
    public IReadOnlyList<MissingPart> Missing => _objects?.Missing ?? [];

    /// <inheritdoc/>
    public ChannelEnds Read(IFlowSource? flows = null)
    {
        // What was seen first: what ended or was closed meanwhile is not taken for held.
        var seen = new SeenUsers(flows);
        var processes = new ProcessTable(_snapshot.ReadProcesses());
        return new ChannelEnds(_snapshot.ReadDescriptors(), seen, processes, new ObjectEnds(Objects, processes));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshot.Dispose();
        _objects?.Dispose();
    }

    // Most questions are about descriptors: loading these takes a tenth of a second.
    private ObjectPrograms Objects()
    {
        try
        {
            return _objects ??= ObjectPrograms.Load();
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }
}
