using System.Globalization;
using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>The call that a thread sleeps in, as /proc/PID/task/TID/syscall tells it (proc(5)).</summary>
/// <param name="Entry">Which call.</param>
/// <param name="IsCompat">A 32-bit program's.</param>
/// <param name="Arguments">Its six arguments.</param>
internal readonly record struct RegisterCall(SystemCalls.Entry Entry, bool IsCompat, ulong[] Arguments)
{
    private const int Words = 9; // the number, six arguments, the stack pointer, the program counter

    /// <summary>Reads a line; null if the thread runs, sleeps in no call, or in one that is none of the traced.</summary>
    /// <param name="line"><c>257 0xffffff9c 0x7ffd… … 0x7ffd5a3e1c68 0x7f6a5f2b1d0f</c></param>
    internal static RegisterCall? Parse(string line)
    {
        string[] words = line.Split(' ');
        if (words.Length != Words || !ushort.TryParse(words[0], CultureInfo.InvariantCulture, out ushort number))
        {
            return null;
        }
        // The stack of a 32-bit program is where it can reach it, that of others at the end of their memory.
        bool compat = ThreadFiles.Number(words[7]) <= uint.MaxValue;
        Architecture architecture = RuntimeInformation.OSArchitecture;
        foreach (SystemCalls.Entry entry in compat ? SystemCalls.Compat(architecture) : SystemCalls.Native(architecture))
        {
            if (entry.Number == number)
            {
                return new RegisterCall(entry, compat, [.. words[1..7].Select(ThreadFiles.Number)]);
            }
        }
        return null;
    }
}
