using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Cli;

/// <summary>
/// This binary started once more with a hidden first word: a managed process cannot fork safely. Descriptors that are not
/// marked FD_CLOEXEC are inherited.
/// </summary>
internal static unsafe class SelfProcess
{
    private const int WNOHANG = 1;

    /// <summary>POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK, glibc's spawn.h.</summary>
    private const short SetSignals = 4 | 8;

    /// <summary>POSIX_SPAWN_SETSCHEDULER.</summary>
    private const short SetScheduler = 0x20;

    /// <summary>More than posix_spawnattr_t (336) and sigset_t (128) of glibc take.</summary>
    private const int Opaque = 512;

    /// <summary>Starts it.</summary>
    /// <param name="self">The path of this binary.</param>
    /// <param name="arguments">Behind the program's name.</param>
    /// <param name="blocked">A signal that all of its threads block; 0: none.</param>
    /// <param name="realTime">Whether it goes before all processes of normal priority (SCHED_FIFO).</param>
    /// <returns>The process id.</returns>
    /// <exception cref="CommandException">It cannot be started.</exception>
    public static int Start(string self, IEnumerable<byte[]> arguments, int blocked = 0, bool realTime = false)
    {
        byte* attributes = stackalloc byte[Opaque];
        byte* signals = stackalloc byte[Opaque];
        _ = LibC.posix_spawnattr_init(attributes);
        _ = LibC.posix_spawnattr_setflags(attributes, realTime ? (short)(SetSignals | SetScheduler) : SetSignals);
        int priority = 1;
        _ = LibC.posix_spawnattr_setschedpolicy(attributes, LibC.SCHED_FIFO);
        _ = LibC.posix_spawnattr_setschedparam(attributes, &priority);
        _ = LibC.sigemptyset(signals);
        if (blocked != 0)
        {
            _ = LibC.sigaddset(signals, blocked);
        }
        _ = LibC.posix_spawnattr_setsigmask(attributes, signals);
        _ = LibC.sigfillset(signals);
        _ = LibC.posix_spawnattr_setsigdefault(attributes, signals);
        using var vector = new NativeStrings([[.. "ipcscope"u8], .. arguments]);
        using var environment = new NativeStrings(NativeStrings.ReadFile("/proc/self/environ"));
        using var path = new NativeStrings([Encoding.UTF8.GetBytes(self)]);
        int pid;
        int error = LibC.posix_spawn(&pid, path.Vector[0], null, attributes, vector.Vector, environment.Vector);
        return error == 0 ? pid : throw new CommandException(ExitStatus.Failed, $"cannot start {self}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Waits for a child.</summary>
    /// <param name="pid">The child.</param>
    /// <param name="options">WUNTRACED or nothing.</param>
    /// <returns>What waitpid(2) says of it.</returns>
    public static int Wait(int pid, int options)
    {
        int status;
        while (LibC.waitpid(pid, &status, options) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.EINTR)
            {
                return ExitStatus.Failed << 8;
            }
        }
        return status;
    }

    /// <summary>Whether a child has ended; then it is gone.</summary>
    /// <param name="pid">The child.</param>
    /// <param name="status">As <see cref="Decode"/> says it.</param>
    public static bool HasEnded(int pid, out int status)
    {
        int raw;
        bool ended = LibC.waitpid(pid, &raw, WNOHANG) == pid;
        status = ended ? Decode(raw) : 0;
        return ended;
    }

    /// <summary>The exit status, or 128 + the signal that killed it: WIFEXITED, WEXITSTATUS and WTERMSIG of sys/wait.h.</summary>
    public static int Decode(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : ExitStatus.Signalled + (status & 0x7F);
}
