using System.Buffers.Binary;
using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>What a futex word says about who holds it.</summary>
/// <param name="Tid">The thread that it names, in the pid namespace of who took it; 0: it names nobody, as semaphores and conditions do.</param>
/// <param name="Died">Whether the kernel has noted that it died (FUTEX_OWNER_DIED).</param>
internal readonly record struct LockOwner(uint Tid, bool Died)
{
    private const uint TidMask = 0x3fffffff; // FUTEX_TID_MASK, include/uapi/linux/futex.h
    private const uint OwnerDied = 0x40000000;
    private const uint Waiters = 0x80000000;
    private const uint Contended = 2; // glibc, lowlevellock.h: taken, and somebody waits
    private const int OwnerOffset = 8; // glibc, struct __pthread_mutex_s.__owner: lock, count, owner

    /// <summary>Reads it where it lies in the memory of the process that waits.</summary>
    /// <remarks>
    /// Words that name their owner themselves are those of priority-inheriting and robust mutexes. Others are glibc's own affair: its plain mutexes wait
    /// for 2, and say behind the word who has them. Semaphores wait for 0, and condition variables for a number of their own that is not likely 2.
    /// </remarks>
    internal static LockOwner Read(CallInProgress call)
    {
        if (call.Futex is not { } futex)
        {
            return default;
        }
        bool inWord = futex.Command is FutexCommand.LockPi or FutexCommand.LockPi2 || (futex.Expected & Waiters) != 0; // priority-inheriting; robust
        if ((!inWord && futex.Expected != Contended) || futex.Command == FutexCommand.WaitRequeuePi)
        {
            return default;
        }
        Span<byte> bytes = stackalloc byte[OwnerOffset + 4];
        if (!ThreadFiles.TryReadMemory(call.Pid, futex.Address, bytes))
        {
            return default;
        }
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return inWord
            ? new LockOwner(word & TidMask, (word & OwnerDied) != 0)
            : new LockOwner(word == Contended ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[OwnerOffset..]) & TidMask : 0, false);
    }

    /// <summary>The thread with this number in the innermost pid namespace of one of these processes; null: none that lives.</summary>
    internal (uint Pid, uint Tid)? Find(IEnumerable<uint> pids, Threads threads)
    {
        foreach (uint pid in pids)
        {
            foreach (ThreadState thread in threads.Of(pid))
            {
                if (Innermost(pid, thread.Tid) == Tid)
                {
                    return (pid, thread.Tid);
                }
            }
        }
        return null;
    }

    private static uint Innermost(uint pid, uint tid)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/task/{tid}/status").FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal));
            return line is null ? 0 : uint.Parse(line.AsSpan(line.LastIndexOf('\t') + 1), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
