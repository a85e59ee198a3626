namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>What strace saw of a program and its descendants: every operation of docs/counting.md, and how often each call was made.</summary>
internal sealed class StraceLog
{
    // Threads and images come into being, handlers end, calls go on.
    private static readonly string[] Beside = ["clone", "clone3", "fork", "vfork", "execve", "execveat", "setsid", "io_uring_enter", "rt_sigaction", "rt_sigreturn", "restart_syscall"];

    private readonly StraceLine[] _lines;
    private readonly Dictionary<string, (ulong Calls, ulong Errors)> _summary;
    private readonly StraceProcesses _processes;
    private readonly StraceDescriptors _descriptors = new();
    private readonly MemoryCalls _memory = new();
    private readonly Dispositions _dispositions;
    private readonly HashSet<int> _overtaken = [];

    private StraceLog(string[] log)
    {
        _lines = [.. StraceLine.Parse(log)];
        _summary = StraceSummary.Parse(log);
        _processes = new StraceProcesses(_lines);
        _dispositions = new Dispositions(_processes);
        Dictionary<uint, StraceLine> previous = [];
        foreach (StraceLine line in _lines)
        {
            if (line is StraceCall call)
            {
                _descriptors.Note(call);
            }
            // strace stops a thread before a signal is delivered; a SIGKILL that comes then takes its place.
            if (line is StraceEnd { Killed: true } && previous.GetValueOrDefault(line.Thread) is StraceSignal signal)
            {
                _overtaken.Add(signal.Moment);
            }
            previous[line.Thread] = line;
        }
        DescriptorCalls onDescriptors = new(_descriptors);
        Entries =
        [
            .. StraceRestart.Settle(_lines).OrderBy(line => line.Moment)
                .SelectMany(line => Translate(line, onDescriptors).Select(act => (Pid: _processes.Of(line.Thread), Act: act)))
                .GroupBy(done => (done.Pid, done.Act.Mechanism, done.Act.Channel, done.Act.Operation))
                .Select(group => new Entry(group.Key.Pid, "", group.Key.Mechanism, group.Key.Channel, group.Key.Operation,
                    Tally.Sum(group.Select(done => done.Act.Tally)))),
        ];
        Pids = [.. _lines.Select(line => _processes.Of(line.Thread))];
    }

    /// <summary>By process and channel.</summary>
    internal IReadOnlyList<Entry> Entries { get; }

    internal HashSet<uint> Pids { get; }

    /// <summary>The command that runs a program under strace, with both its log and (-C) the table of -c in one file.</summary>
    internal static string[] Command(string log, params string[] command) =>
    [
        // This runtime ignores SIGPIPE, and so would all that it starts; Dispositions knows what a program has changed itself.
        "env", "--default-signal",
        "strace", "-f", "-C", "-y", "-o", log,
        // -s: of payload nothing is needed, of a socketpair both ends, of semop and sendmmsg every part.
        "-s", "64",
        "-e", "trace=" + string.Join(',', Ways.All.Concat(StraceDescriptors.Calls).Concat(QueueCalls.Calls)
            .Concat(MemoryCalls.Calls).Concat(SignalLines.Calls).Concat(Beside).Distinct()),
        .. command,
    ];

    internal static StraceLog Read(string path) => new(File.ReadAllLines(path));

    /// <summary>How often a call was made, as <c>strace -c</c> counts it.</summary>
    internal ulong Calls(string name) => _summary.GetValueOrDefault(name).Calls;

    /// <summary>Fails unless the log has as many lines, and as many failures, as strace counted.</summary>
    internal void AssertComplete()
    {
        // Calls that never returned are in the log only, but for those whose result was lost: strace -c counts them, and perhaps as
        // errors (count_syscall of strace finds the errno of before, or a false one).
        ILookup<string, StraceCall> calls = _lines.OfType<StraceCall>().Where(call => !call.NeverReturned || call.Lost).ToLookup(call => call.Name);
        foreach (string name in _summary.Keys.Union(calls.Select(group => group.Key)))
        {
            (ulong Calls, ulong Errors) counted = _summary.GetValueOrDefault(name);
            (ulong Calls, ulong Errors) read = ((ulong)calls[name].Count(), (ulong)calls[name].Count(call => call.Errno.Length > 0));
            ulong lost = (ulong)calls[name].Count(call => call.Lost);
            Assert.True(read.Calls == counted.Calls && counted.Errors >= read.Errors && counted.Errors - read.Errors <= lost,
                $"strace -c counted {counted} of {name} (calls, errors), its log tells {read}, and {lost} lost results");
        }
    }

    private IEnumerable<Act> Translate(StraceLine line, DescriptorCalls onDescriptors)
    {
        switch (line)
        {
            case StraceSignal signal when _dispositions.Ignores(signal):
                return [];
            case StraceSignal signal:
                return [SignalLines.Received(SignalLines.Number(signal.Name), isSure: !_overtaken.Contains(signal.Moment))];
            case StraceEnd { Killed: true } when _processes.Of(line.Thread) == line.Thread:
                return [SignalLines.Killed()];
            case StraceCall call:
                _processes.Note(call);
                _dispositions.Note(call);
                return onDescriptors.Translate(call)
                    .Concat(_memory.Translate(call, _processes.SpaceOf(call.Thread)))
                    .Concat(QueueCalls.Translate(call, _descriptors))
                    .Concat(SignalLines.Translate(call, _processes));
            default:
                return [];
        }
    }
}
