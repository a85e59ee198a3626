using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>Every import from the C library that the command line uses. Layouts and numbers are those of Linux with glibc, the same on x86-64 and arm64.</summary>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    /// <summary>EINTR, asm-generic/errno-base.h.</summary>
    public const int EINTR = 4;
    /// <summary>EAGAIN, asm-generic/errno-base.h.</summary>
    public const int EAGAIN = 11;
    /// <summary>EPIPE, asm-generic/errno-base.h.</summary>
    public const int EPIPE = 32;

    /// <summary>POLLIN, asm-generic/poll.h.</summary>
    public const short POLLIN = 1;
    /// <summary>POLLOUT, asm-generic/poll.h.</summary>
    public const short POLLOUT = 4;
    /// <summary>POLLERR, asm-generic/poll.h: of a pipe's write end, the last reader has gone.</summary>
    public const short POLLERR = 8;

    /// <summary>SCHED_OTHER, bits/sched.h.</summary>
    public const int SCHED_OTHER = 0;
    /// <summary>SCHED_FIFO.</summary>
    public const int SCHED_FIFO = 1;

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        /// <summary>The descriptor.</summary>
        public int Fd;
        /// <summary>What is waited for.</summary>
        public short Events;
        /// <summary>What came.</summary>
        public short Revents;
    }

    /// <summary>struct winsize, asm-generic/termios.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WinSize
    {
        /// <summary>Lines.</summary>
        public ushort Rows;
        /// <summary>Characters in a line.</summary>
        public ushort Columns;
        private readonly ushort _xpixel;
        private readonly ushort _ypixel;
    }

    /// <summary>write(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nuint count);

    /// <summary>read(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int fd, byte* buffer, nuint count);

    /// <summary>poll(2); the time-out is in milliseconds, -1 for none.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollFd* fds, nuint count, int timeout);

    /// <summary>isatty(3).</summary>
    [LibraryImport(Library)]
    public static partial int isatty(int fd);

    /// <summary>ioctl(2) with TIOCGWINSZ.</summary>
    [LibraryImport(Library)]
    public static partial int ioctl(int fd, nuint request, WinSize* size);

    /// <summary>tcgetattr(3).</summary>
    [LibraryImport(Library)]
    public static partial int tcgetattr(int fd, Termios* settings);

    /// <summary>tcsetattr(3).</summary>
    [LibraryImport(Library)]
    public static partial int tcsetattr(int fd, int when, Termios* settings);

    /// <summary>tcgetpgrp(3): the foreground process group of a terminal.</summary>
    [LibraryImport(Library)]
    public static partial int tcgetpgrp(int fd);

    /// <summary>getpgrp(2).</summary>
    [LibraryImport(Library)]
    public static partial int getpgrp();

    /// <summary>_exit(2): ends at once, nothing is run on the way out.</summary>
    [LibraryImport(Library)]
    public static partial void _exit(int status);

    /// <summary>access(2); 0 if it may be done.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    /// <summary>kill(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    /// <summary>signal(2).</summary>
    [LibraryImport(Library)]
    public static partial nint signal(int signal, nint handler);

    /// <summary>raise(3).</summary>
    [LibraryImport(Library)]
    public static partial int raise(int signal);

    /// <summary>prctl(2) with one argument.</summary>
    [LibraryImport(Library)]
    public static partial int prctl(int option, nuint argument);

    /// <summary>execv(3).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int execv(byte* path, byte** arguments);

    /// <summary>waitpid(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    /// <summary>posix_spawn(3); returns an errno.</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    /// <summary>posix_spawnattr_init(3).</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(void* attributes);

    /// <summary>posix_spawnattr_setflags(3).</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    /// <summary>posix_spawnattr_setsigdefault(3).</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    /// <summary>posix_spawnattr_setsigmask(3).</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    /// <summary>posix_spawnattr_setschedpolicy(3).</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setschedpolicy(void* attributes, int policy);

    /// <summary>posix_spawnattr_setschedparam(3); struct sched_param is the priority.</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setschedparam(void* attributes, int* priority);

    /// <summary>sched_setscheduler(2) of a thread; 0: the calling one.</summary>
    [LibraryImport(Library)]
    public static partial int sched_setscheduler(int tid, int policy, int* priority);

    /// <summary>sigfillset(3).</summary>
    [LibraryImport(Library)]
    public static partial int sigfillset(void* signals);

    /// <summary>sigemptyset(3).</summary>
    [LibraryImport(Library)]
    public static partial int sigemptyset(void* signals);
}
