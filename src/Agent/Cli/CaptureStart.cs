using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>How commands start a capture: what takes long is said on standard error, and what the kernel refuses.</summary>
internal static class CaptureStart
{
    /// <summary>Loads and attaches.</summary>
    /// <exception cref="CaptureException">It cannot.</exception>
    public static ICapture Capture(this Seams seams, CaptureOptions options)
    {
        ICapture capture = Progress.Show(seams.Error, "loading the eBPF programs", () => seams.StartCapture(options));
        foreach (MissingPart part in capture.Missing)
        {
            seams.Error.WriteLine($"ipcscope: {part}");
        }
        return capture;
    }
}
