using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>The processes that live.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<uint, RunningProcess> _byPid = [];

    public ProcessTable(IEnumerable<RunningProcess> processes)
    {
        foreach (RunningProcess process in processes)
        {
            _byPid[process.Key.Pid] = process;
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<RunningProcess> All => _byPid.Values;

    /// <summary>Whether this very image runs: neither a successor with its number, nor what it has become by exec.</summary>
    public bool Lives(in ProcessKey process) => _byPid.TryGetValue(process.Pid, out RunningProcess running) && running.Key == process;

    /// <summary>Who has this number now; null: nobody.</summary>
    public RunningProcess? Find(uint pid) => pid != 0 && _byPid.TryGetValue(pid, out RunningProcess running) ? running : null;
}
