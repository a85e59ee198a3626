using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>Tells of single processes what their threads do, by /proc (proc(5)): only those that somebody waits for are asked about.</summary>
internal sealed class Threads
{
    private readonly Dictionary<uint, List<ThreadState>> _known = [];
    private readonly HashSet<uint> _inCalls;

    /// <summary>Asks anew from now on.</summary>
    /// <param name="calls">The calls in progress, which /proc need not be asked about.</param>
    internal Threads(IEnumerable<CallInProgress> calls) =>
        _inCalls = [.. calls.Where(call => call.State == CallState.Asleep).Select(call => call.Tid)];

    /// <summary>The threads of a process; none if it is gone.</summary>
    internal IReadOnlyList<ThreadState> Of(uint pid)
    {
        if (!_known.TryGetValue(pid, out List<ThreadState>? threads))
        {
            _known.Add(pid, threads = [.. ThreadFiles.Tids(pid).Select(tid => new ThreadState(tid, Look(pid, tid))).Where(thread => thread.Activity != ThreadActivity.Gone)]);
        }
        return threads;
    }

    /// <summary>Which kernel function a thread sleeps in, as far as the kernel tells; else empty.</summary>
    internal static string Place(uint pid) => ThreadFiles.Read($"/proc/{pid}/wchan") is var place && place is "0" ? "" : place;

    private ThreadActivity Look(uint pid, uint tid)
    {
        return StatLine.Read($"/proc/{pid}/task/{tid}").State switch
        {
            'Z' or 'X' => ThreadActivity.Gone,
            'T' or 't' => ThreadActivity.Stopped,
            'R' => ThreadActivity.Running,
            _ when _inCalls.Contains(tid) => ThreadActivity.InCall,
            _ => WaitsAmongThreads(ThreadFiles.Read($"/proc/{pid}/task/{tid}/syscall")) ? ThreadActivity.AmongThreads : ThreadActivity.Elsewhere,
        };
    }

    // Futexes that processes share are calls in progress: what is left is the process's own.
    private static bool WaitsAmongThreads(string call) =>
        Registers.Parse(call) is { } registers && SystemCalls.Find(registers.Number, compat: false)?.Call == Call.Futex
        && registers.Arguments[3] == 0 && (registers.Arguments[1] & ~(ulong)FutexCommand.Flags) is FutexCommand.Wait or FutexCommand.WaitBitset;
}
