using System.Runtime.InteropServices;

namespace Ipcscope.Cli.Bench;

/// <summary>Memory that no collector moves.</summary>
internal static unsafe class BenchMemory
{
    /// <summary>Alignment of what is copied.</summary>
    public const int Page = 4096;

    /// <summary>Room for a message, all of it touched, with a page in front of it for the channel.</summary>
    public static byte* AllocateMessage(int size)
    {
        nuint length = (nuint)size + Page;
        byte* start = (byte*)NativeMemory.AlignedAlloc(length, Page);
        new Span<byte>(start, (int)length).Fill(1);
        return start + Page;
    }

    /// <summary>Maps a descriptor, shared.</summary>
    /// <exception cref="BenchException">The system refuses.</exception>
    public static byte* Map(int fd, int length)
    {
        nint start = LibC.mmap(null, (nuint)length, LibC.PROT_READ_WRITE, LibC.MAP_SHARED, fd, 0);
        return start == -1 ? throw BenchException.Last("mmap") : (byte*)start;
    }
}
