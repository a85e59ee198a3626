using System.Diagnostics;
using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Waits;

/// <summary>Reads the calls in progress of a running capture.</summary>
internal sealed class CallReader
{
    private readonly BpfLink _link;
    private readonly ulong _attached = (ulong)Stopwatch.GetTimestamp(); // nanoseconds of CLOCK_MONOTONIC
    private readonly Lock _reading = new(); // the iterator has one record for all readers
    private bool _closed;

    /// <summary>Reads from now on.</summary>
    /// <param name="link">The iterator, attached after the programs; it stays the caller's.</param>
    internal CallReader(BpfLink link) => _link = link;

    /// <summary>Every call now.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal IReadOnlyList<CallInProgress> Read()
    {
        using Lock.Scope scope = _reading.EnterScope();
        List<CallInProgress> calls = [];
        if (!_closed)
        {
            BpfIterator.Read(_link, (in CallRecord record) => calls.Add(Describe(record, (ulong)Stopwatch.GetTimestamp())));
        }
        return calls;
    }

    /// <summary>Ends it: there will be no more calls.</summary>
    internal void Close()
    {
        using Lock.Scope scope = _reading.EnterScope();
        _closed = true;
    }

    private CallInProgress Describe(in CallRecord record, ulong now)
    {
        string call = SystemCalls.Name(record.Nr, record.Abi != 0);
        bool before = (record.Marks & CallMarks.Before) != 0;
        ulong begin = before ? Math.Min(_attached, record.Begin) : record.Begin;
        bool named = record.Info.Mechanism != Mechanism.None;
        return new CallInProgress
        {
            Flow = record.Flow,
            Tid = record.Tid,
            Name = record.Comm.Text(),
            Channel = named ? ChannelNames.Name(record.Flow.Channel, record.Info) : ChannelNames.Name(record.Flow),
            Info = record.Info,
            Begin = begin,
            Age = now > begin ? now - begin : 0,
            IsFromBefore = before,
            HasTimeLimit = record.Limit != 0 && call != "semop", // its fourth register means nothing
            State = (record.Marks & CallMarks.Stopped) != 0 ? CallState.Stopped
                : (record.Marks & CallMarks.Asleep) != 0 ? CallState.Asleep : CallState.Running,
            Call = call,
            Futex = record.Word != 0 ? new FutexWord(record.Word, record.Expected, record.Command) : null,
            Semaphore = record.Semaphore != uint.MaxValue ? record.Semaphore : null,
            Changer = record.Changer,
        };
    }
}
