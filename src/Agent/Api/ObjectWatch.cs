using Ipcscope.Capture;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>Which objects exist, as of a few seconds ago. For one thread at a time.</summary>
/// <param name="open">Loads what tells it.</param>
/// <param name="time">The clock.</param>
internal sealed class ObjectWatch(Func<IObjectSource> open, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    private readonly Rest _rest = new(time, Apart);
    private IObjectSource? _source;

    /// <summary>The objects.</summary>
    public IReadOnlyList<IpcObject> Objects { get; private set; } = [];

    /// <summary>What the kernel refuses of this.</summary>
    public IReadOnlyList<MissingPart> Missing => _source?.Missing ?? [];

    /// <summary>Those of them that nobody uses.</summary>
    public IReadOnlyList<IpcObject> Orphans { get; private set; } = [];

    /// <summary>Why they cannot be read; null: they can.</summary>
    public string? Lack { get; private set; }

    /// <summary>Reads them, unless that was done a moment ago.</summary>
    public void Look() => _ = Lack is null && _rest.Do(Read);

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    private void Read()
    {
        try
        {
            _source ??= open();
            Objects = _source.Read();
            Orphans = [.. Objects.Where(o => o.State == ObjectState.Orphan)];
        }
        catch (CaptureException fault)
        {
            Lack = fault.Message;
        }
    }
}
