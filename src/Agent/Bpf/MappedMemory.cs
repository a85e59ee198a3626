using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>Memory of a map, shared with the kernel.</summary>
internal sealed unsafe class MappedMemory : SafeHandle
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapShared = 1;

    private readonly nuint _length;

    private MappedMemory(nint address, nuint length)
        : base(-1, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle is -1 or 0;

    /// <summary>Its first byte.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>Maps <paramref name="length"/> bytes from <paramref name="offset"/>, a multiple of the page size.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal static MappedMemory Map(int fd, nuint length, nint offset, bool writable)
    {
        int protection = writable ? ProtRead | ProtWrite : ProtRead;
        void* address = LibBpf.mmap(null, length, protection, MapShared, fd, offset);
        return (nint)address != -1
            ? new MappedMemory((nint)address, length)
            : throw new BpfException("map memory shared with the kernel", Marshal.GetLastPInvokeError(), "");
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibBpf.munmap((void*)handle, _length) == 0;
}
