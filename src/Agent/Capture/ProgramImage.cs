using System.Reflection;

namespace Ipcscope.Capture;

/// <summary>The BPF objects inside this binary: the same programs, compiled for what the verifier of a kernel can do (bpf/include/kernel.h).</summary>
internal static class ProgramImage
{
    /// <summary>Read as memory is read; its verifier needs <c>bpf_rdonly_cast</c> (6.2).</summary>
    internal const string DirectLoads = "ipcscope.bpf.o";

    /// <summary>Each read of the kernel is a call of bpf_probe_read_kernel.</summary>
    internal const string ProbeReads = "ipcscope-probe-read.bpf.o";

    /// <summary>The same, and without task storage and what came soon after it (bpf/include/form.h).</summary>
    internal const string NoTaskStorage = "ipcscope-no-task-storage.bpf.o";

    /// <summary>Reads one of them.</summary>
    internal static byte[] Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"this build contains no {name}");
        byte[] image = new byte[stream.Length];
        stream.ReadExactly(image);
        return image;
    }
}
