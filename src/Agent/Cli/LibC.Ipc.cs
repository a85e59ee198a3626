using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <content>Queues, semaphores, memory and signals between processes, for <c>bench</c>.</content>
internal static unsafe partial class LibC
{
    /// <summary>IPC_PRIVATE, bits/ipc.h.</summary>
    public const int IPC_PRIVATE = 0;
    /// <summary>IPC_CREAT.</summary>
    public const int IPC_CREAT = 0x200;
    /// <summary>IPC_RMID.</summary>
    public const int IPC_RMID = 0;
    /// <summary>PROT_READ | PROT_WRITE, asm-generic/mman-common.h.</summary>
    public const int PROT_READ_WRITE = 3;
    /// <summary>MAP_SHARED.</summary>
    public const int MAP_SHARED = 1;

    /// <summary>struct mq_attr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MqAttributes
    {
        private readonly nint _flags;
        /// <summary>Messages that fit.</summary>
        public nint MaximumMessages;
        /// <summary>Bytes of the longest message.</summary>
        public nint MessageSize;
        private readonly nint _messages;
        private readonly nint _reserved0;
        private readonly nint _reserved1;
        private readonly nint _reserved2;
        private readonly nint _reserved3;
    }

    /// <summary>struct sembuf.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SemaphoreOperation
    {
        /// <summary>Which semaphore of the set.</summary>
        public ushort Number;
        /// <summary>What is added; below 0: waited for and taken.</summary>
        public short Operation;
        /// <summary>IPC_NOWAIT, SEM_UNDO.</summary>
        public short Flags;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        /// <summary>Where.</summary>
        public byte* Base;
        /// <summary>How many bytes.</summary>
        public nuint Length;
    }

    /// <summary>mq_open(3).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mq_open(string name, int flags, uint mode, MqAttributes* attributes);

    /// <summary>mq_unlink(3).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mq_unlink(string name);

    /// <summary>mq_send(3).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int mq_send(int queue, byte* message, nuint length, uint priority);

    /// <summary>mq_receive(3).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint mq_receive(int queue, byte* message, nuint length, uint* priority);

    /// <summary>msgget(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int msgget(int key, int flags);

    /// <summary>msgsnd(2); the message begins with its type, a long, which <paramref name="length"/> does not count.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int msgsnd(int queue, byte* message, nuint length, int flags);

    /// <summary>msgrcv(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint msgrcv(int queue, byte* message, nuint length, nint type, int flags);

    /// <summary>msgctl(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int msgctl(int queue, int command, void* buffer);

    /// <summary>semget(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int semget(int key, int count, int flags);

    /// <summary>semop(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int semop(int set, SemaphoreOperation* operations, nuint count);

    /// <summary>semctl(2) with a command that takes no argument.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int semctl(int set, int number, int command);

    /// <summary>sem_init(3); sem_t of glibc takes 32 bytes.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sem_init(byte* semaphore, int shared, uint value);

    /// <summary>sem_post(3).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sem_post(byte* semaphore);

    /// <summary>sem_wait(3).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sem_wait(byte* semaphore);

    /// <summary>eventfd(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int eventfd(uint value, int flags);

    /// <summary>shm_open(3).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int shm_open(string name, int flags, uint mode);

    /// <summary>shm_unlink(3).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int shm_unlink(string name);

    /// <summary>memfd_create(2).</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    /// <summary>ftruncate(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int ftruncate(int fd, nint length);

    /// <summary>mmap(2); -1 if it fails.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    /// <summary>process_vm_readv(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint process_vm_readv(int pid, IoVector* local, nuint locals, IoVector* remote, nuint remotes, nuint flags);

    /// <summary>sigqueue(3), which is rt_sigqueueinfo(2); the value is a union of a pointer's size.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sigqueue(int pid, int signal, nint value);

    /// <summary>sigwaitinfo(2), which is rt_sigtimedwait(2) without a limit.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sigwaitinfo(void* signals, void* information);

    /// <summary>sigaddset(3).</summary>
    [LibraryImport(Library)]
    public static partial int sigaddset(void* signals, int signal);

    /// <summary>sched_getaffinity(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getaffinity(int pid, nuint size, byte* mask);

    /// <summary>sched_setaffinity(2).</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    /// <summary>syscall(2), for what glibc has no function for: futex and io_uring.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
