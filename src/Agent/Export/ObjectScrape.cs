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

    private const string Off = "ipc_queue_…, ipc_shared_memory_… and ipc_orphans are left out";

    private IObjectSource? _source;
    private IReadOnlyList<IpcObject>? _objects;
    private long _taken;
    private bool _off;

    /// <summary>What the kernel refuses of this; nothing before the first scrape.</summary>
    public IReadOnlyList<MissingPart> Missing { get; private set; } = [];

    /// <summary>Reads what exists, unless that was done less than <see cref="Interval"/> ago.</summary>
    public void Update()
    {
        if (_off || (_objects is not null && time.GetElapsedTime(_taken) < Interval))
        {
            return;
        }
        try
        {
            _source ??= Open();
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
            Missing = [new MissingPart("objects", Off, fault.Message, [])];
            LogOff(Off, fault.Message);
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

    private IObjectSource Open()
    {
        IObjectSource source = open();
        Missing = source.Missing;
        foreach (MissingPart part in Missing)
        {
            LogRefused(part.ToString());
        }
        return source;
    }

    [LoggerMessage(10, LogLevel.Warning, "{Off}: {Reason}")]
    private partial void LogOff(string off, string reason);

    [LoggerMessage(13, LogLevel.Warning, "the rest works {Part}")]
    private partial void LogRefused(string part);
}
