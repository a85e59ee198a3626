using Ipcscope.Capture;
using Ipcscope.Objects;
using Ipcscope.Volume;

namespace Ipcscope.Export;

/// <summary>What exists, as it was at the last scrape or a moment before. One caller at a time.</summary>
/// <param name="open">Loads what tells which objects exist; throws <see cref="CaptureException"/> if this machine does not let it.</param>
/// <param name="estimates">The volume touched; null: it is not sampled.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is said, once, that the families are off.</param>
internal sealed partial class ObjectScrape(Func<IObjectSource> open, VolumeEstimates? estimates, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Scrapes that follow each other faster see the same objects.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private IObjectSource? _source;
    private IReadOnlyList<IpcObject>? _objects;
    private long _taken;
    private bool _off;

    /// <summary>Reads what exists, unless that was done less than <see cref="Interval"/> ago.</summary>
    public void Update()
    {
        if (_off || (_objects is not null && time.GetElapsedTime(_taken) < Interval))
        {
            return;
        }
        try
        {
            _source ??= open();
            _objects = _source.Read();
            if (estimates is not null)
            {
                _objects = [.. _objects.Select(o => o.Memory is null ? o : o with { Touched = estimates.TouchedOf(o) })];
            }
            _taken = time.GetTimestamp();
        }
        catch (CaptureException fault)
        {
            _off = true;
            _objects = null;
            LogOff(fault.Message);
        }
    }

    /// <summary>Writes the families; none if objects cannot be read.</summary>
    public void Write(ExpositionWriter writer, bool openMetrics)
    {
        if (_objects is not null)
        {
            ObjectFamilies.Write(writer, _objects, estimates is not null, openMetrics);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    [LoggerMessage(10, LogLevel.Warning, "ipc_queue_…, ipc_shared_memory_… and ipc_orphans are left out: {Reason}")]
    private partial void LogOff(string reason);
}
