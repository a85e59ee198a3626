using System.Diagnostics;
using Ipcscope.Capture;

namespace Ipcscope.KernelTests;

/// <summary>
/// Two captures at once, one for each path, while other load runs on the machine: every workload is seen by both, and both must
/// tell the truth. The event path is filtered by name in the kernel, so that the load does not fill its ring.
/// </summary>
public sealed class Captures : IDisposable
{
    private readonly Process _load = Process.Start(new ProcessStartInfo("stress-ng", "--pipe 1 --sock 1 --timeout 30m")
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    public CaptureSession Counting { get; } = CaptureSession.Start(new CaptureOptions { MaxFlows = 65536 });

    public CaptureSession Events { get; } = CaptureSession.Start(new CaptureOptions
    {
        CountInKernel = false,
        Filter = new KernelFilter { Names = [Workload.ProcessName] },
        MaxFlows = 65536,
        RingBytes = 16 << 20,
        PollInterval = TimeSpan.FromMilliseconds(10),
    });

    public void Dispose()
    {
        Counting.Dispose();
        Events.Dispose();
        _load.Kill(entireProcessTree: true);
        _load.Dispose();
    }
}

/// <summary>Scenarios share the captures, and run one after the other.</summary>
[CollectionDefinition(nameof(Captures))]
public sealed class CapturesGroup : ICollectionFixture<Captures>;
