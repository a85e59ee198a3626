using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Signals sent and received, and what is done to other processes' memory.</summary>
internal static class SignalLines
{
    private const uint Kill = 9;
    private const uint FirstRealTime = 32; // the kernel's SIGRTMIN; the C library's is 34

    // signal(7), of x86, arm and most others
    private static readonly string[] Names =
    [
        "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    internal static IEnumerable<string> Calls =>
    [
        "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal", "rt_sigtimedwait",
        "process_vm_readv", "process_vm_writev", "pidfd_getfd",
    ];

    internal static IEnumerable<Act> Translate(StraceCall call, StraceProcesses processes) => call.Name switch
    {
        "kill" or "tkill" or "rt_sigqueueinfo" or "pidfd_send_signal" => Send(call, call.Argument(1), processes),
        "tgkill" or "rt_tgsigqueueinfo" => Send(call, call.Argument(2), processes),
        "rt_sigtimedwait" when call.Succeeded => [Act.Of(call, Mechanism.Signal, call.Value, Operation.Receive)],
        // It has perhaps taken one of those that it waited for.
        "rt_sigtimedwait" when call.NeverReturned =>
            call.Argument(0).Trim('[', ']').Split(' ').Select(name => Received(Number($"SIG{name}"), isSure: false)),
        "process_vm_readv" => [Act.Of(call, Mechanism.ProcessVm, 0, Operation.Read, call.Succeeded ? call.Value : 0)],
        "process_vm_writev" => [Act.Of(call, Mechanism.ProcessVm, 0, Operation.Write, call.Succeeded ? call.Value : 0)],
        "pidfd_getfd" when call.Argument(0).Contains("<anon_inode:[pidfd]", StringComparison.Ordinal) => [Act.Of(call, Mechanism.ProcessVm, 0, Operation.Getfd)],
        _ => [],
    };

    internal static Act Received(uint number, bool isSure = true)
    {
        Tally tally = new();
        if (isSure)
        {
            tally.Succeed(0);
        }
        else
        {
            tally.Doubt();
        }
        return new Act(Mechanism.Signal, number, Operation.Receive, tally);
    }

    /// <summary>SIGKILL ends all threads of a process, and is received once.</summary>
    internal static Act Killed() => Received(Kill);

    internal static uint Number(string name) => name switch
    {
        "SIGRTMIN" => FirstRealTime,
        _ when name.StartsWith("SIGRT_", StringComparison.Ordinal) => FirstRealTime + uint.Parse(name["SIGRT_".Length..]),
        _ when Array.IndexOf(Names, name) is >= 0 and var number => (uint)number,
        _ => (uint)StraceCall.Number(name),
    };

    private static IEnumerable<Act> Send(StraceCall call, string signal, StraceProcesses processes)
    {
        if (signal == "0")
        {
            return []; // only asks whether one could be sent
        }
        // One for each process of a group.
        bool toGroup = call.Name == "kill" && (call.Argument(0) == "0" || call.Argument(0)[0] == '-');
        Assert.True(!toGroup || !call.Succeeded || processes.IsAlone(call.Argument(0)),
            $"this test can not tell how many got the signal of {call}");
        return [Act.Of(call, Mechanism.Signal, Number(signal), Operation.Send)];
    }
}
