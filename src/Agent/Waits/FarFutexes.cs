using System.Buffers.Binary;
using System.Text;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Waits;

/// <summary>Finds the word in shared memory that a call waits on, by /proc/PID/maps.</summary>
internal static class FarFutexes
{
    private const int VectorEntry = 24; // struct futex_waitv: value, address, flags
    private const int MostWords = 128; // FUTEX_WAITV_MAX

    /// <summary>The subject; null if it does not wait, or for threads of its own process alone.</summary>
    internal static FarSubject? Find(uint pid, RegisterCall call)
    {
        ulong[] arguments = call.Arguments;
        if (call.Entry.Call == Call.FutexWaitV)
        {
            // Of several the first that is shared, as the programs do it: any of them ends the call.
            // The command is one of a word that says nothing of an owner.
            return Find(pid, arguments[3], Vector(pid, arguments[0], Math.Min(arguments[1], MostWords)).Select(address => new FutexWord(address, 0, FutexCommand.WaitRequeuePi)));
        }
        bool second = call.Entry.Call == Call.FutexWait; // futex_wait(address, value, mask, flags, time, clock)
        uint command = second ? FutexCommand.Wait : (uint)arguments[1] & ~FutexCommand.Flags;
        bool isPrivate = ((second ? arguments[3] : arguments[1]) & FutexCommand.Private) != 0;
        bool waits = command is FutexCommand.Wait or FutexCommand.LockPi or FutexCommand.WaitBitset or FutexCommand.WaitRequeuePi or FutexCommand.LockPi2;
        return waits && !isPrivate ? Find(pid, second ? arguments[4] : arguments[3], [new FutexWord(arguments[0], (uint)(second ? arguments[1] : arguments[2]), command)]) : null;
    }

    private static FarSubject? Find(uint pid, ulong limit, IEnumerable<FutexWord> words)
    {
        List<MapsLine> shared = [.. MapsLine.ReadShared(pid)];
        return words.SelectMany(word => shared.Where(line => word.Address >= line.Start && word.Address < line.End).Select(line => Subject(line, word, limit))).FirstOrDefault();
    }

    private static FarSubject Subject(MapsLine line, FutexWord word, ulong limit)
    {
        ulong offset = word.Address - line.Start + line.Offset;
        var info = new ChannelInfo { Mechanism = Mechanism.Futex, Id = offset };
        Name(ref info, line.Path);
        return new FarSubject(new ChannelKey(line.Inode, line.Device, (uint)(offset >> 2)), info, Operation.Wait) { HasTimeLimit = limit != 0, Futex = word };
    }

    // The programs know the last part of the name.
    private static void Name(ref ChannelInfo info, string path)
    {
        string name = path is "/dev/zero" or "/anon_hugepage" ? path[1..] : path[(path.LastIndexOf('/') + 1)..];
        Span<byte> target = info.Path;
        Encoding.UTF8.GetEncoder().Convert(name, target, flush: true, out _, out int used, out _);
        info.PathLength = (byte)used;
    }

    private static IEnumerable<ulong> Vector(uint pid, ulong address, ulong count)
    {
        byte[] entries = new byte[(int)count * VectorEntry];
        if (!ThreadFiles.TryReadMemory(pid, address, entries))
        {
            yield break;
        }
        for (int at = 0; at < entries.Length; at += VectorEntry)
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan(at + 16)) & FutexCommand.Private) == 0)
            {
                yield return BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(at + 8));
            }
        }
    }
}
