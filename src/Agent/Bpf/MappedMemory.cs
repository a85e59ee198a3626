using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>Memory of a map, shared with the kernel.</summary>
internal sealed unsafe class MappedMemory : SafeHandle
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapShared = 1;
    private const int MapPrivate = 2;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;
    private const int MapNoReserve = 0x4000;

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

    /// <summary>Takes addresses for <paramref name="length"/> bytes and maps nothing yet: see <see cref="Extend"/>.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal static MappedMemory Reserve(nuint length)
    {
        void* address = LibBpf.mmap(null, length, 0, MapPrivate | MapAnonymous | MapNoReserve, -1, 0);
        return (nint)address != -1
            ? new MappedMemory((nint)address, length)
            : throw new BpfException("reserve addresses", Marshal.GetLastPInvokeError(), "");
    }

    /// <summary>Maps a part of a map where it belongs in the reserved addresses. Both numbers are multiples of the page size.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal void Extend(int fd, nuint offset, nuint length)
    {
        void* address = LibBpf.mmap(Start + offset, length, ProtRead | ProtWrite, MapShared | MapFixed, fd, (nint)offset);
        if ((nint)address == -1)
        {
            throw new BpfException("map memory shared with the kernel", Marshal.GetLastPInvokeError(), "");
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibBpf.munmap((void*)handle, _length) == 0;
}
