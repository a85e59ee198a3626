using System.Text;

namespace Ipcscope.Cli.Bench;

/// <summary>One of the two processes, seen from the one that gives orders. Disposing ends it.</summary>
internal sealed unsafe class BenchPeer : IDisposable
{
    private const int SIGKILL = 9;

    private readonly int _orders;
    private readonly int _answers;
    private readonly int _pid;

    private BenchPeer(int pid, int orders, int answers)
    {
        _pid = pid;
        _orders = orders;
        _answers = answers;
    }

    /// <summary>Starts it. The calling thread must live as long as it does.</summary>
    /// <exception cref="BenchException">There are too many descriptors.</exception>
    /// <exception cref="CommandException">It cannot be started.</exception>
    public static BenchPeer Start(string self, BenchMechanism mechanism, BenchEnd end, int cpu, bool realTime)
    {
        int* orders = stackalloc int[2];
        int* answers = stackalloc int[2];
        _ = BenchException.Check(LibC.pipe2(orders, LibC.O_CLOEXEC), "pipe");
        _ = BenchException.Check(LibC.pipe2(answers, LibC.O_CLOEXEC), "pipe");
        // Only its own ends are inherited, and only by it: whoever is left sees that the other one has gone.
        _ = LibC.fcntl(orders[0], LibC.F_SETFD, 0);
        _ = LibC.fcntl(answers[1], LibC.F_SETFD, 0);
        int pid = SelfProcess.Start(self, BenchProcess.Arguments(mechanism, end, cpu, orders[0], answers[1]).Select(Encoding.UTF8.GetBytes), mechanism.BlockedSignal, realTime);
        _ = LibC.close(orders[0]);
        _ = LibC.close(answers[1]);
        return new BenchPeer(pid, orders[1], answers[0]);
    }

    /// <summary>Tells it what to do.</summary>
    public void Order(BenchOrder order)
    {
        // If it has ended, the answer will be missing.
        _ = LibC.write(_orders, (byte*)&order, (nuint)sizeof(BenchOrder));
    }

    /// <summary>Waits for its answer.</summary>
    /// <param name="milliseconds">How long at most.</param>
    /// <returns>Null if there is none yet.</returns>
    /// <exception cref="BenchException">It failed, or has ended.</exception>
    public BenchAnswer? Answer(int milliseconds)
    {
        LibC.PollFd poll = new() { Fd = _answers, Events = LibC.POLLIN };
        if (LibC.poll(&poll, 1, milliseconds) <= 0)
        {
            return null;
        }
        BenchAnswer answer;
        // A pipe keeps so short a message together.
        if (LibC.read(_answers, (byte*)&answer, (nuint)sizeof(BenchAnswer)) != sizeof(BenchAnswer))
        {
            throw new BenchException("a process of the measurement has ended before its time");
        }
        return answer.Failure is { Length: > 0 } failure ? throw new BenchException(failure) : answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = LibC.kill(_pid, SIGKILL);
        _ = SelfProcess.Wait(_pid, 0);
        _ = LibC.close(_orders);
        _ = LibC.close(_answers);
    }
}
