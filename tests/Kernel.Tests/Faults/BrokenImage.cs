using System.Text;
using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Faults;

/// <summary>The object that fits this kernel, with one thing in it that the kernel refuses.</summary>
internal static class BrokenImage
{
    private const byte Exit = 0x95; // BPF_JMP | BPF_EXIT: of a function that has no result yet

    /// <summary>The verifier refuses these functions.</summary>
    internal static byte[] WithBroken(params IReadOnlyList<string> functions)
    {
        var image = new ObjectImage(RunningKernel.Probe().ReadImage());
        foreach (string function in functions)
        {
            Span<byte> code = image.Code(function);
            Assert.False(code.IsEmpty, $"there is no function {function}");
            code[..8].Clear();
            code[0] = Exit;
        }
        return image.Bytes;
    }

    /// <summary>The section of a program has another name, which is as long: it belongs to another hook.</summary>
    internal static byte[] WithSection(string name, string other)
    {
        Assert.Equal(name.Length, other.Length);
        byte[] image = RunningKernel.Probe().ReadImage();
        int at = image.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{name}\0"));
        Assert.True(at > 0, $"there is no section {name}");
        Encoding.ASCII.GetBytes(other).CopyTo(image, at);
        return image;
    }
}
