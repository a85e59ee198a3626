using Ipcscope.Flows;

namespace Ipcscope.Capture;

/// <summary>Programs loaded and attached, the ring being read. Disposing detaches.</summary>
public sealed class CaptureSession : IDisposable, ICaptureStatistics
{
    private CaptureSession()
    {
    }

    /// <summary>What is known of flows now.</summary>
    public IFlowSource Flows => throw new InvalidOperationException();

    /// <summary>From the call of <see cref="Start"/> to the last program attached.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>How long <see cref="Dispose"/> took to detach; zero before.</summary>
    public TimeSpan DetachTime { get; }

    /// <inheritdoc/>
    public long RingBytes { get; }

    /// <inheritdoc/>
    public long Records { get; }

    /// <summary>Loads and attaches.</summary>
    /// <exception cref="CaptureException">It cannot: no permission, no BTF, a program was refused …</exception>
    public static CaptureSession Start(CaptureOptions options) => throw new CaptureException(1, "not built yet");

    /// <summary>Adds a process to those that the filter lets through.</summary>
    public void Watch(uint pid) => throw new InvalidOperationException();

    /// <summary>Reads what is in the ring now, so that what was read before the call is included.</summary>
    public void Drain() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public LossCount[] ReadLosses() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public ProgramStatistics[] ReadPrograms() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
