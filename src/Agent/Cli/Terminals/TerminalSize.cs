using System.Globalization;

namespace Ipcscope.Cli;

/// <summary>How many characters fit.</summary>
/// <param name="Columns">At least 1.</param>
/// <param name="Rows">At least 1.</param>
internal readonly record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>TIOCGWINSZ, asm-generic/ioctls.h.</summary>
    private const nuint GetWindowSize = 0x5413;

    /// <summary>What a terminal has that does not say it.</summary>
    public static TerminalSize Default { get; } = new(80, 24);

    /// <summary>No terminal, no limit.</summary>
    public static TerminalSize Unlimited { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>Whether a descriptor is a terminal.</summary>
    public static bool IsTerminal(int fd) => LibC.isatty(fd) == 1;

    /// <summary>Of the terminal behind a descriptor; <see cref="Unlimited"/> if it is none.</summary>
    public static unsafe TerminalSize Of(int fd)
    {
        if (!IsTerminal(fd))
        {
            return Unlimited;
        }
        LibC.WinSize size = default;
        // A serial line says 0 × 0: then the environment may know.
        return LibC.ioctl(fd, GetWindowSize, &size) == 0 && size is { Columns: > 0, Rows: > 0 }
            ? new TerminalSize(size.Columns, size.Rows)
            : new TerminalSize(FromEnvironment("COLUMNS", Default.Columns), FromEnvironment("LINES", Default.Rows));
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : otherwise;
}
