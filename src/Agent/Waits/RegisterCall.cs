using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>The traced call that a thread sleeps in.</summary>
/// <param name="Entry">Which call.</param>
/// <param name="Arguments">Its six arguments.</param>
internal readonly record struct RegisterCall(SystemCalls.Entry Entry, ulong[] Arguments)
{
    /// <summary>Reads a line of /proc/PID/task/TID/syscall; null if the thread runs, sleeps in no call, or in one that is none of the traced.</summary>
    internal static RegisterCall? Parse(string line) =>
        // The stack of a 32-bit program is where it can reach it, that of others at the end of their memory.
        Registers.Parse(line) is { } registers && SystemCalls.Find(registers.Number, compat: registers.Stack <= uint.MaxValue) is { } entry
            ? new RegisterCall(entry, registers.Arguments) : null;
}
