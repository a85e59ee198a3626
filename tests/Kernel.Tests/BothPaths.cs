using Ipcscope.Capture;

namespace Ipcscope.KernelTests;

/// <summary>
/// Two captures at once, one for each path: every workload is seen by both, and both must tell the truth. The event path is filtered
/// by name in the kernel, so that other load does not fill its ring.
/// </summary>
internal sealed class BothPaths : IDisposable
{
    /// <summary>Where the captures see system calls.</summary>
    internal static Attachment Attachment { get; set; }

    internal CaptureSession Counting { get; } = CaptureSession.Start(new CaptureOptions { MaxFlows = 65536, Attachment = Attachment });

    internal CaptureSession Events { get; } = CaptureSession.Start(new CaptureOptions
    {
        CountInKernel = false,
        Attachment = Attachment,
        Filter = new KernelFilter { Names = [Workload.ProcessName] },
        MaxFlows = 65536,
        RingBytes = 16 << 20,
        PollInterval = TimeSpan.FromMilliseconds(10),
    });

    public void Dispose()
    {
        Counting.Dispose();
        Events.Dispose();
    }
}
