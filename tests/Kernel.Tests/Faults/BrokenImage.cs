using System.Buffers.Binary;
using System.Text;
using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Faults;

/// <summary>The object that fits this kernel, with one thing in it that the kernel refuses.</summary>
internal static class BrokenImage
{
    // BPF_ALU64 | BPF_MOV | BPF_K to register 10, which is read only
    private const ulong Forbidden = 0xab7;

    /// <summary>The verifier refuses these functions.</summary>
    internal static byte[] WithBroken(params IReadOnlyList<string> functions)
    {
        var image = new ObjectImage(RunningKernel.Probe().ReadImage());
        foreach (string function in functions)
        {
            Span<byte> code = image.Code(function);
            Assert.False(code.IsEmpty, $"there is no function {function}");
            BinaryPrimitives.WriteUInt64LittleEndian(code, Forbidden);
        }
        return image.Bytes;
    }

    /// <summary>The object without task storage, whose tables of threads take so many.</summary>
    internal static byte[] WithThreads(uint most)
    {
        byte[] image = ProgramImage.Read(ProgramImage.NoTaskStorage);
        // struct btf_type of BTF_KIND_ARRAY without a name, struct btf_array of 65,536: form.h has one such.
        byte[] kind = [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0], entries = [0, 0, 1, 0];
        int[] found = [.. Enumerable.Range(0, image.Length - 24).Where(at => image.AsSpan(at, 12).SequenceEqual(kind) && image.AsSpan(at + 20, 4).SequenceEqual(entries))];
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(Assert.Single(found) + 20), most);
        return image;
    }

    /// <summary>A program that does nothing, for another hook. Both names of sections are equally long.</summary>
    internal static byte[] WithHook(string program, string section, string other)
    {
        var image = new ObjectImage(RunningKernel.Probe().ReadImage());
        Assert.True(image.Empty(program));
        byte[] name = Encoding.ASCII.GetBytes($"{section}\0"), wanted = Encoding.ASCII.GetBytes($"{other}\0");
        Assert.Equal(name.Length, wanted.Length);
        // Among the sections, and among the types.
        for (int at = image.Bytes.AsSpan().IndexOf(name); at >= 0; at = image.Bytes.AsSpan().IndexOf(name))
        {
            wanted.CopyTo(image.Bytes, at);
        }
        return image.Bytes;
    }
}
