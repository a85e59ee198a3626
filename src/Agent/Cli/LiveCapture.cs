using Ipcscope.Capture;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>A capture by this kernel.</summary>
internal sealed class LiveCapture : ICapture
{
    private readonly CaptureSession _session;

    private LiveCapture(CaptureSession session) => _session = session;

    /// <inheritdoc/>
    public IFlowSource Flows => _session.Flows;

    /// <inheritdoc/>
    public TimeSpan StartTime => _session.StartTime;

    /// <inheritdoc/>
    public TimeSpan DetachTime => _session.DetachTime;

    /// <inheritdoc/>
    public long RingBytes => _session.RingBytes;

    /// <inheritdoc/>
    public long Records => _session.Records;

    /// <summary>Loads and attaches.</summary>
    /// <exception cref="CaptureException">It cannot.</exception>
    public static ICapture Start(CaptureOptions options) => new LiveCapture(CaptureSession.Start(options));

    /// <inheritdoc/>
    public void Watch(uint pid) => _session.Watch(pid);

    /// <inheritdoc/>
    public void Stop() => _session.Drain();

    /// <inheritdoc/>
    public LossCount[] ReadLosses() => _session.ReadLosses();

    /// <inheritdoc/>
    public ProgramStatistics[] ReadPrograms() => _session.ReadPrograms();

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
