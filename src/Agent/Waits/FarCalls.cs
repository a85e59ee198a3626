using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Waits;

/// <summary>
/// Finds the calls that the iterator over tasks cannot tell: whose arguments lie in the caller's memory (futex_waitv, i386's socketcall), which name a FIFO by its path and
/// have no descriptor yet, and all that began before the start where the kernel does not give iterators a task's registers (before 5.15). /proc does; every thread is asked.
/// </summary>
/// <param name="ends">Who holds what.</param>
/// <param name="known">The calls in progress that are known already.</param>
internal sealed class FarCalls(ChannelEnds ends, IEnumerable<CallInProgress> known)
{
    private readonly HashSet<uint> _known = [.. known.Select(call => call.Tid)];
    private readonly FarSubjects _subjects = new(ends);
    private readonly SleepClock _clock = new();

    /// <summary>All of them, now.</summary>
    internal IEnumerable<CallInProgress> Find() =>
        ends.Processes.SelectMany(process => ThreadFiles.Tids(process.Key.Pid).Where(tid => !_known.Contains(tid)).Select(tid => Find(process, tid))).OfType<CallInProgress>();

    private CallInProgress? Find(RunningProcess process, uint tid)
    {
        uint pid = process.Key.Pid;
        string thread = $"/proc/{pid}/task/{tid}";
        if (RegisterCall.Parse(ThreadFiles.Read($"{thread}/syscall")) is not { } call || _subjects.Of(pid, call) is not { } subject)
        {
            return null;
        }
        ulong age = _clock.Age(thread);
        return new CallInProgress
        {
            Flow = new FlowKey(process.Key, subject.Channel, subject.Info.Mechanism, subject.Operation, Cgroup: process.Cgroup),
            Tid = tid,
            Name = process.Name,
            Channel = subject.Path ?? ChannelNames.Name(subject.Channel, subject.Info),
            Info = subject.Info,
            Begin = _clock.Now - Math.Min(age, _clock.Now),
            Age = age,
            IsFromBefore = true,
            HasTimeLimit = subject.HasTimeLimit,
            State = CallState.Asleep,
            Call = call.Entry.Name,
            OpensToWrite = subject.OpensToWrite,
            Futex = subject.Futex,
        };
    }
}
