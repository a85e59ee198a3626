using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// Stressors of stress-ng, each for a number of rounds, with strace of the same run. They do what programs seldom do: bad
/// arguments, full queues, interrupted waits, children killed in the middle. All operations of all their processes are compared,
/// with their errors and bytes; but strace changes what it watches, and does not see all:
/// a thread that dies while strace has stopped it at a call's begin or end leaves a call that was perhaps made (Tally.Doubts);
/// a traced process is given the signals, too, that it ignores (Dispositions);
/// SIGCHLD for strace and its own calls are not in the log, and processes of its name not in the comparison.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class StressTests(ProgramCaptures captures)
{
    [Theory]
    [InlineData("pipe", 500)]
    [InlineData("fifo", 200)]
    [InlineData("mq", 200)]
    [InlineData("msg", 200)]
    [InlineData("sem", 200, "--timeout 1")] // it waits for the end of its time
    [InlineData("sem-sysv", 200)]
    [InlineData("shm", 4)]
    [InlineData("shm-sysv", 4)]
    [InlineData("sock", 4, "--sock-port PORT")]
    [InlineData("sockpair", 40)]
    [InlineData("sockabuse", 4, "--sockabuse-port PORT")]
    [InlineData("sockfd", 50, "--sockfd-port PORT")]
    [InlineData("sockmany", 10, "--sockmany-port PORT")]
    [InlineData("udp", 100, "--udp-port PORT")]
    [InlineData("eventfd", 300)]
    [InlineData("futex", 500)]
    [InlineData("vm-splice", 200)]
    [InlineData("splice", 200)]
    [InlineData("tee", 50)]
    [InlineData("memfd", 1)]
    [InlineData("netlink-task", 50)]
    [InlineData("vm-rw", 20)]
    [InlineData("pidfd", 50)]
    [InlineData("poll", 20)]
    [InlineData("epoll", 20, "--epoll-port PORT")]
    [InlineData("pty", 2, "--pty-max 8")]
    [InlineData("mutex", 200)]
    [InlineData("switch", 200)]
    [InlineData("ring-pipe", 200)]
    [InlineData("kill", 100)]
    [InlineData("signal", 200)]
    [InlineData("sigabrt", 20)]
    [InlineData("sigchld", 20)]
    [InlineData("sigfd", 200)]
    [InlineData("sigfpe", 20)]
    [InlineData("signest", 50)]
    [InlineData("sigpending", 100)]
    [InlineData("sigpipe", 50)]
    [InlineData("sigq", 200)]
    [InlineData("sigrt", 200)]
    [InlineData("sigsegv", 20)]
    [InlineData("sigsuspend", 50)]
    [InlineData("sigtrap", 50)]
    public void StraceSawTheSame(string stressor, int rounds, string options = "--timeout 20")
    {
        using Scene scene = new(captures);
        scene.Trace(StraceLog.Command(scene.File("log"), Command(scene, stressor, rounds, options)));
        scene.AssertAsStraceSaw(scene.File("log"));
    }

    /// <summary>
    /// Its requests are on regular files, which are not IPC: nothing is counted but the calls that strace tells. It ends with 2,
    /// because it does not know all that the kernel may answer.
    /// </summary>
    [Fact]
    public void RequestsOnFilesAreNotCounted()
    {
        using Scene scene = new(captures);
        string[] command = ["sh", "-c", $"{string.Join(' ', Command(scene, "io-uring", 200, "--timeout 20"))} || [ $? -eq 2 ]"];
        scene.Trace(StraceLog.Command(scene.File("log"), command));
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        Assert.True(log.Calls("io_uring_enter") > 0, "stress-ng did not use io_uring");
    }

    private static string[] Command(Scene scene, string stressor, int rounds, string options) =>
    [
        "stress-ng", "--temp-path", scene.Folder, $"--{stressor}", "1", $"--{stressor}-ops", $"{rounds}",
        .. options.Replace("PORT", $"{Loopback.FreePort()}", StringComparison.Ordinal).Split(' '),
    ];
}
