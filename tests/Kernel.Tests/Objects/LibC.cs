using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Ipcscope.KernelTests.Objects;

/// <summary>The calls that make objects, under their C names.</summary>
internal static unsafe partial class LibC
{
    internal const int Create = 0x200; // IPC_CREAT
    internal const int Remove = 0; // IPC_RMID
    internal const int SetAll = 17; // SETALL
    internal const int OpenCreate = 0x40; // O_CREAT
    internal const int OpenReadWrite = 0x80002; // O_RDWR | O_CLOEXEC: other tests start processes meanwhile
    internal const int ReadWrite = 3; // PROT_READ | PROT_WRITE
    internal const int Shared = 1; // MAP_SHARED
    internal const int Anonymous = 0x20; // MAP_ANONYMOUS
    internal const int SetPipeSize = 1031; // F_SETPIPE_SZ
    internal const int NewIpc = 0x08000000; // CLONE_NEWIPC

    /// <summary>struct mq_attr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct QueueLimits
    {
        internal long Flags;
        internal long Messages;
        internal long MessageSize;
        internal long Current;
        private readonly long _r0, _r1, _r2, _r3;
    }

    /// <summary>The result of a call, or its errno as an exception.</summary>
    internal static int Check(int result, [CallerArgumentExpression(nameof(result))] string call = "") =>
        result >= 0 ? result : throw new InvalidOperationException($"{call}: errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe(int* fds);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int fd, void* data, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, void* data, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int msgget(int key, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int msgsnd(int id, void* message, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int msgctl(int id, int command, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int semget(int key, int count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int semctl(int id, int number, int command, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int shmget(int key, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* shmat(int id, void* address, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int shmdt(void* address);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int shmctl(int id, int command, void* argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mq_open(string name, int flags, uint mode, QueueLimits* limits);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mq_send(int queue, byte* message, nuint size, uint priority);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mq_unlink(string name);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int shm_open(string name, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int shm_unlink(string name);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(int fd, long length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int munmap(void* address, nuint length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mount(string source, string target, string type, nuint flags, void* data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int umount2(string target, int flags);
}
