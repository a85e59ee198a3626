using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>Reads what an iterator writes: records of one size.</summary>
internal static unsafe class BpfIterator
{
    private const int BufferSize = 1 << 15; // what the kernel hands out at a time, kernel/bpf/bpf_iter.c

    /// <summary>Takes one record; it is valid during the call.</summary>
    internal delegate void RecordHandler<T>(in T record)
        where T : unmanaged;

    /// <summary>Runs the iterator once from beginning to end.</summary>
    /// <returns>How many records it wrote.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal static int Read<T>(BpfLink link, RecordHandler<T> handle)
        where T : unmanaged
    {
        int fd = LibBpf.bpf_iter_create(link.Fd);
        if (fd < 0)
        {
            throw new BpfException("create the iterator", -fd, "");
        }
        try
        {
            return ReadAll(fd, handle);
        }
        finally
        {
            _ = LibBpf.close(fd);
        }
    }

    private static int ReadAll<T>(int fd, RecordHandler<T> handle)
        where T : unmanaged
    {
        byte[] buffer = new byte[BufferSize + sizeof(T)];
        int filled = 0;
        int records = 0;
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint count = LibBpf.read(fd, start + filled, (nuint)(buffer.Length - filled));
                if (count <= 0)
                {
                    return count == 0 ? records : throw new BpfException("read the iterator", Marshal.GetLastPInvokeError(), "");
                }
                filled += (int)count;
                int used = filled / sizeof(T) * sizeof(T);
                foreach (ref readonly T record in MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, used)))
                {
                    handle(record);
                    records++;
                }
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }
        }
    }
}
