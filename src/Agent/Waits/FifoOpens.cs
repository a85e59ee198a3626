using System.Buffers.Binary;
using System.Text;
using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Waits;

/// <summary>Finds the FIFO that a thread sleeps at in open(2), because nobody has the other end open (fifo(7)).</summary>
internal static class FifoOpens
{
    private const int MostBytes = 4096; // PATH_MAX
    private const uint WriteOnly = 1; // O_ACCMODE, O_WRONLY
    private const uint AccessMode = 3;
    private const int Format = 0xf000; // S_IFMT
    private const int Fifo = 0x1000; // S_IFIFO
    private const int MinorBits = 20;

    /// <summary>The subject; null if it is no FIFO, or the path leads nowhere any more.</summary>
    internal static FarSubject? Find(uint pid, RegisterCall call, ChannelEnds ends)
    {
        bool at = call.Entry.Call == Call.OpenAt;
        ulong[] arguments = call.Arguments[(at ? 1 : 0)..];
        byte[] name = ThreadFiles.ReadText(pid, arguments[0], MostBytes);
        if (name.Length == 0)
        {
            return null;
        }
        string path = Encoding.UTF8.GetString(name);
        string place = name[0] == '/' ? "root" : !at || (int)call.Arguments[0] == StatX.WorkingDirectory ? "cwd" : $"fd/{(int)call.Arguments[0]}";
        if (Stat($"/proc/{pid}/{place}/{path}") is not { } stat)
        {
            return null;
        }
        uint device = (stat.DeviceMajor << MinorBits) | stat.DeviceMinor;
        // Who has it open for the same purpose tells its whole key.
        ChannelKey key = ends.Descriptors.FirstOrDefault(other => other.Key.Inode == stat.Inode && other.Key.Device == device)?.Key ?? new ChannelKey(stat.Inode, device, 0);
        return new FarSubject(key, new ChannelInfo { Mechanism = Mechanism.Fifo, Id = stat.Inode }, Operation.Open)
        {
            Path = path,
            OpensToWrite = (Flags(pid, call.Entry.Name, arguments[1]) & AccessMode) == WriteOnly,
        };
    }

    // creat(2) has a mode there, openat2(2) the address of its flags.
    private static uint Flags(uint pid, string call, ulong argument)
    {
        Span<byte> flags = stackalloc byte[sizeof(uint)];
        return call switch
        {
            "creat" => WriteOnly,
            "openat2" => ThreadFiles.TryReadMemory(pid, argument, flags) ? BinaryPrimitives.ReadUInt32LittleEndian(flags) : 0,
            _ => (uint)argument,
        };
    }

    private static unsafe StatX? Stat(string path)
    {
        StatX stat;
        return LibBpf.statx(StatX.WorkingDirectory, path, 0, StatX.All, &stat) == 0 && (stat.Mode & Format) == Fifo ? stat : null;
    }
}
