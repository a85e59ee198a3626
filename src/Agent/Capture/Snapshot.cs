using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>What exists now.</summary>
public static class Snapshot
{
    private const int Readable = 1; // FMODE_READ, include/linux/fs.h
    private const int Writable = 2; // FMODE_WRITE

    /// <summary>All descriptors of pipes, FIFOs and sockets on this machine.</summary>
    /// <exception cref="CaptureException">The iterator cannot be loaded.</exception>
    public static IReadOnlyList<Descriptor> Read()
    {
        try
        {
            Requirements.Check();
            using Probes probes = Probes.LoadSnapshot();
            using BpfLink link = probes.AttachSnapshot();
            return ReadAll(link);
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    private static unsafe List<Descriptor> ReadAll(BpfLink link)
    {
        int fd = LibBpf.bpf_iter_create(link.Fd);
        if (fd < 0)
        {
            throw new BpfException("create the iterator", -fd, "");
        }
        List<Descriptor> descriptors = [];
        byte[] buffer = new byte[64 * sizeof(DescriptorRecord)];
        int filled = 0;
        fixed (byte* start = buffer)
        {
            nint count;
            while ((count = LibBpf.read(fd, start + filled, (nuint)(buffer.Length - filled))) > 0)
            {
                filled += (int)count;
                int used = filled / sizeof(DescriptorRecord) * sizeof(DescriptorRecord);
                foreach (ref readonly DescriptorRecord record in
                    MemoryMarshal.Cast<byte, DescriptorRecord>(buffer.AsSpan(0, used)))
                {
                    descriptors.Add(Describe(record));
                }
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }
            int error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            _ = LibBpf.close(fd);
            return error == 0 ? descriptors : throw new BpfException("read the iterator", error, "");
        }
    }

    private static Descriptor Describe(in DescriptorRecord record) => new(
        record.Pid, record.Comm.Text(), (int)record.Fd, (record.Mode & Readable) != 0, (record.Mode & Writable) != 0,
        record.Channel, record.Info, record.Queued, record.Capacity);
}
