using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>Tells of single processes what their threads do, by /proc (proc(5)): only those that somebody waits for are asked about.</summary>
internal sealed class Threads
{
    private const uint FutexPrivateFlags = 128 | 256; // FUTEX_PRIVATE_FLAG, FUTEX_CLOCK_REALTIME
    private const uint FutexWaitBitset = 9;

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
        string stat = ThreadFiles.Read($"/proc/{pid}/task/{tid}/stat");
        int name = stat.LastIndexOf(')');
        return (name < 0 || name + 2 >= stat.Length ? 'X' : stat[name + 2]) switch
        {
            'Z' or 'X' => ThreadActivity.Gone,
            'T' or 't' => ThreadActivity.Stopped,
            'R' => ThreadActivity.Running,
            _ when _inCalls.Contains(tid) => ThreadActivity.InCall,
            _ => WaitsAmongThreads(ThreadFiles.Read($"/proc/{pid}/task/{tid}/syscall")) ? ThreadActivity.AmongThreads : ThreadActivity.Elsewhere,
        };
    }

    // Futexes that processes share are calls in progress: what is left is the process's own. "running", or a number and arguments.
    private static bool WaitsAmongThreads(string call)
    {
        string[] words = call.Split(' ');
        return words.Length > 4 && ushort.TryParse(words[0], out ushort number) && IsFutex(number)
            && ThreadFiles.Number(words[4]) == 0 && (ThreadFiles.Number(words[2]) & ~(ulong)FutexPrivateFlags) is 0 or FutexWaitBitset;
    }

    private static bool IsFutex(ushort number)
    {
        foreach (SystemCalls.Entry entry in SystemCalls.Native(RuntimeInformation.OSArchitecture))
        {
            if (entry.Number == number)
            {
                return entry.Call == Call.Futex;
            }
        }
        return false;
    }
}
