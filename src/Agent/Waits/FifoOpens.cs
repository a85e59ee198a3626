using System.Buffers.Binary;
using System.Text;
using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Objects;

namespace Ipcscope.Waits;

/// <summary>Finds the FIFO that a thread sleeps at in open(2), because nobody has the other end open (fifo(7)).</summary>
internal static class FifoOpens
{
    private const int MostBytes = 4096; // PATH_MAX
    private const uint WriteOnly = 1; // O_ACCMODE, O_WRONLY
    private const uint AccessMode = 3;

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
        if (!FileStatus.TryRead($"/proc/{pid}/{place}/{path}", 0, FileStatus.Fifo, out ObjectFile file))
        {
            return null;
        }
        // Who has it open for the same purpose tells its whole key.
        ChannelKey key = ends.Descriptors.FirstOrDefault(other => other.Key with { Guard = 0 } == file.Channel)?.Key ?? file.Channel;
        return new FarSubject(key, new ChannelInfo { Mechanism = Mechanism.Fifo, Id = key.Inode }, Operation.Open)
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
}
