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
        seams.Tell(capture.Missing);
        return capture;
    }

    /// <summary>Says what the kernel refuses.</summary>
    public static void Tell(this Seams seams, IEnumerable<MissingPart> missing)
    {
        foreach (MissingPart part in missing)
        {
            seams.Error.WriteLine($"ipcscope: {part}");
        }
    }
}
