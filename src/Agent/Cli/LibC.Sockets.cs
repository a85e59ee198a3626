using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <content>Descriptors that talk, for <c>bench</c>.</content>
internal static unsafe partial class LibC
{
    /// <summary>AF_UNIX, bits/socket.h.</summary>
    public const ushort AF_UNIX = 1;
    /// <summary>AF_INET.</summary>
    public const ushort AF_INET = 2;
    /// <summary>SOCK_STREAM.</summary>
    public const int SOCK_STREAM = 1;
    /// <summary>SOCK_DGRAM.</summary>
    public const int SOCK_DGRAM = 2;
    /// <summary>SOCK_SEQPACKET.</summary>
    public const int SOCK_SEQPACKET = 5;
    /// <summary>SOL_SOCKET, asm-generic/socket.h.</summary>
    public const int SOL_SOCKET = 1;
    /// <summary>SO_RCVTIMEO: a struct timeval.</summary>
    public const int SO_RCVTIMEO = 20;
    /// <summary>IPPROTO_TCP.</summary>
    public const int IPPROTO_TCP = 6;
    /// <summary>TCP_NODELAY.</summary>
    public const int TCP_NODELAY = 1;

    /// <summary>F_SETFD, asm-generic/fcntl.h.</summary>
    public const int F_SETFD = 2;
    /// <summary>F_SETFL.</summary>
    public const int F_SETFL = 4;
    /// <summary>O_RDONLY.</summary>
    public const int O_RDONLY = 0;
    /// <summary>O_WRONLY.</summary>
    public const int O_WRONLY = 1;
    /// <summary>O_RDWR.</summary>
    public const int O_RDWR = 2;
    /// <summary>O_CREAT.</summary>
    public const int O_CREAT = 0x40;
    /// <summary>O_EXCL.</summary>
    public const int O_EXCL = 0x80;
    /// <summary>O_NONBLOCK.</summary>
    public const int O_NONBLOCK = 0x800;
    /// <summary>O_CLOEXEC.</summary>
    public const int O_CLOEXEC = 0x80000;

    /// <summary>pipe2(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* fds, int flags);

    /// <summary>mkfifo(3).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkfifo(string path, uint mode);

    /// <summary>open(2) of what exists.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags);

    /// <summary>unlink(2).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string path);

    /// <summary>mkstemp(3): the six X at the end of the path are replaced.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int mkstemp(byte* path);

    /// <summary>unlink(2) of what <see cref="mkstemp"/> made.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int unlink(byte* path);

    /// <summary>close(2).</summary>
    [LibraryImport(Library)]
    public static partial int close(int fd);

    /// <summary>fcntl(2) with a number.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    /// <summary>socket(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    /// <summary>socketpair(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int socketpair(int family, int type, int protocol, int* fds);

    /// <summary>bind(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(int fd, byte* address, uint length);

    /// <summary>listen(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int listen(int fd, int backlog);

    /// <summary>connect(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int connect(int fd, byte* address, uint length);

    /// <summary>accept(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int accept(int fd, byte* address, uint* length);

    /// <summary>getsockname(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockname(int fd, byte* address, uint* length);

    /// <summary>setsockopt(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int setsockopt(int fd, int level, int option, void* value, uint length);

    /// <summary>send(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint send(int fd, byte* buffer, nuint count, int flags);

    /// <summary>recv(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recv(int fd, byte* buffer, nuint count, int flags);
}
