using System.Runtime.InteropServices;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Flows;
using Ipcscope.Waits;

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

    /// <inheritdoc/>
    public IReadOnlyList<MissingPart> Missing => _session.Missing;

    /// <summary>Loads and attaches.</summary>
    /// <exception cref="CaptureException">It cannot.</exception>
    public static ICapture Start(CaptureOptions options) => new LiveCapture(CaptureSession.Start(options));

    /// <summary>The version of libbpf that is linked in.</summary>
    public static unsafe string LibBpfVersion() => Marshal.PtrToStringUTF8((nint)LibBpf.libbpf_version_string()) ?? "unknown";

    /// <inheritdoc/>
    public IReadOnlyList<CallInProgress> ReadCalls() => _session.ReadCalls();

    /// <inheritdoc/>
    public void Watch(uint pid) => _session.Watch(pid);

    /// <inheritdoc/>
    public void Stop() => _session.Stop();

    /// <inheritdoc/>
    public LossCount[] ReadLosses() => _session.ReadLosses();

    /// <inheritdoc/>
    public StageCount[] ReadStages() => _session.ReadStages();

    /// <inheritdoc/>
    public ProgramStatistics[] ReadPrograms() => _session.ReadPrograms();

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
