using System.Runtime.InteropServices;

namespace Ipcscope.Waits;

/// <summary>How a poll names what it waits for.</summary>
internal enum PollSet
{
    /// <summary>It is no poll.</summary>
    None,
    /// <summary>An array of struct pollfd.</summary>
    Array,
    /// <summary>Three sets of bits.</summary>
    Bits,
    /// <summary>An epoll descriptor.</summary>
    Epoll,
}

/// <summary>What /proc/PID/task/TID/syscall tells of a sleeping thread, if that is a poll.</summary>
/// <param name="Set">How it names its descriptors.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="HasTimeLimit">Whether it ends by itself.</param>
internal readonly record struct PollCall(PollSet Set, ulong[] Arguments, bool HasTimeLimit)
{
    /// <summary>Reads a line. The numbers of 32-bit programs mean other calls to 64-bit ones, but none that sleeps where polls do.</summary>
    /// <param name="line"><c>7 0x7f4c 0x1 0xffffffff …</c></param>
    /// <param name="place">The kernel's function that it sleeps in, /proc/PID/wchan.</param>
    internal static PollCall Parse(string line, string place)
    {
        if (Registers.Parse(line) is not { } registers)
        {
            return default;
        }
        ulong[] arguments = registers.Arguments;
        bool epoll = place.StartsWith("ep_poll", StringComparison.Ordinal) || place.StartsWith("do_epoll_wait", StringComparison.Ordinal);
        bool poll = place.StartsWith("poll_schedule_timeout", StringComparison.Ordinal) || place.StartsWith("do_poll", StringComparison.Ordinal) || place.StartsWith("do_select", StringComparison.Ordinal);
        return (RuntimeInformation.OSArchitecture, registers.Number) switch
        {
            (Architecture.X64, 7 or 168) when poll => new(PollSet.Array, arguments, IsPositive(arguments[2])),
            (Architecture.X64, 271 or 309 or 414) or (Architecture.Arm64, 73) when poll => new(PollSet.Array, arguments, arguments[2] != 0),
            (Architecture.X64, 23 or 270 or 142 or 308 or 413) or (Architecture.Arm64, 72) when poll => new(PollSet.Bits, arguments, arguments[4] != 0),
            (Architecture.X64, 232 or 281 or 256 or 319) or (Architecture.Arm64, 22) when epoll => new(PollSet.Epoll, arguments, IsPositive(arguments[3])),
            (_, 441) when epoll => new(PollSet.Epoll, arguments, arguments[3] != 0),
            _ => default,
        };
    }

    // Milliseconds, an int: less than 0 is for ever.
    private static bool IsPositive(ulong milliseconds) => (int)milliseconds >= 0;
}
