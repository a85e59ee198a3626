using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>The registers of a thread that sleeps in a call, a line of /proc/PID/task/TID/syscall (proc(5)).</summary>
/// <param name="Number">The call's.</param>
/// <param name="Arguments">Its six arguments.</param>
/// <param name="Stack">The stack pointer.</param>
internal readonly record struct Registers(ushort Number, ulong[] Arguments, ulong Stack)
{
    private const int Words = 9; // the number, six arguments, the stack pointer, the program counter

    /// <summary>Reads a line; null if the thread runs, or sleeps in no call.</summary>
    /// <param name="line"><c>257 0xffffff9c 0x7ffd… … 0x7ffd5a3e1c68 0x7f6a5f2b1d0f</c></param>
    internal static Registers? Parse(string line)
    {
        string[] words = line.Split(' ');
        return words.Length == Words && ushort.TryParse(words[0], CultureInfo.InvariantCulture, out ushort number)
            ? new Registers(number, [.. words[1..7].Select(Value)], Value(words[7])) : null;
    }

    // What is no number is the largest.
    private static ulong Value(string word) =>
        ulong.TryParse(word.AsSpan(word.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong value) ? value : ulong.MaxValue;
}
