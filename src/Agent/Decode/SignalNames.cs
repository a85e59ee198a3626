namespace Ipcscope.Decode;

/// <summary>Names of signals, include/uapi/asm-generic/signal.h: the same on x86-64 and arm64.</summary>
public static class SignalNames
{
    // The first two real-time signals of the kernel are glibc's own: its SIGRTMIN is 34.
    private const int FirstRealTime = 34;
    private const int Last = 64;

    private static readonly string[] Names =
    [
        "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
        "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
        "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS", "SIG32", "SIG33",
    ];

    /// <summary><c>SIGTERM</c>, <c>SIGRTMIN+3</c>; an unknown one in digits.</summary>
    public static string Name(ulong number) =>
        number < (ulong)Names.Length ? Names[number]
        : number == FirstRealTime ? "SIGRTMIN"
        : number <= Last ? $"SIGRTMIN+{number - FirstRealTime}"
        : $"{number}";
}
