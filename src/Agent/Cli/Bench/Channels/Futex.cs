using System.Runtime.InteropServices;

namespace Ipcscope.Cli.Bench;

/// <summary>futex(2) on words that processes share.</summary>
internal static unsafe class Futex
{
    private const int FUTEX_WAIT = 0;
    private const int FUTEX_WAKE = 1;

    /// <summary>arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h.</summary>
    private static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    /// <summary>Waits until a word has another value; may return without reason.</summary>
    /// <param name="word">What is waited for.</param>
    /// <param name="value">What it was.</param>
    /// <param name="mark">Says meanwhile that somebody waits.</param>
    public static void WaitMarked(uint* word, uint value, uint* mark)
    {
        // The full barrier of Exchange and that of Advance: either the other side sees the mark, or the kernel sees the new value.
        Interlocked.Exchange(ref *mark, 1);
        if (LibC.syscall(Number, (nint)word, FUTEX_WAIT, (nint)value, 0, 0, 0) < 0 && Marshal.GetLastPInvokeError() is not (LibC.EAGAIN or LibC.EINTR))
        {
            throw BenchException.Last("futex");
        }
        Volatile.Write(ref *mark, 0);
    }

    /// <summary>Counts a word up and wakes who waits for it.</summary>
    public static void Advance(uint* word, uint* mark)
    {
        Interlocked.Increment(ref *word);
        if (Volatile.Read(ref *mark) != 0 && LibC.syscall(Number, (nint)word, FUTEX_WAKE, 1, 0, 0, 0) < 0)
        {
            throw BenchException.Last("futex");
        }
    }
}
