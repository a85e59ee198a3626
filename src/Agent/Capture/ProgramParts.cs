using Ipcscope.Bpf;
using Ipcscope.Config;
using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>The parts of a capture: what is wanted, without what the kernel has refused so far.</summary>
/// <param name="options">What the capture shall do.</param>
internal sealed class ProgramParts(CaptureOptions options)
{
    private const string Uring = "io_uring";

    private static readonly string[] LifeCycle = ["ipcscope_fork", "ipcscope_exec", "ipcscope_thread_exit"];

    // Forks have no event that tells the child; this raw tracepoint is never preempted.
    private static readonly string[] LifeCycleByEvent = ["ipcscope_wakeup", "ipcscope_exec_event", "ipcscope_thread_exit_event"];

    private static readonly ProgramPart Signals = new(
        "signal", "no signals are counted",
        // Receipts before sends: a signal that is sent in between is then received untimed, instead of never.
        ["ipcscope_signal_receive", "ipcscope_signal_send"]);

    /// <summary>Tells which calls are in progress.</summary>
    internal static readonly ProgramPart Calls = new(
        MissingPart.CallsInProgress, "calls are counted when they end, and not shown while they last", [Probes.Calls], RunsWhenAsked: true);

    private static readonly ProgramPart Requests = new(
        "map_request", "while this agent asks for its figures, the kernel skips programs on that processor: some operations are missing",
        [MapRequests.Program], RunsWhenAsked: true);

    private readonly List<MissingPart> _missing = [];
    private readonly List<CallPart> _emptied = [];
    private IReadOnlyList<ProgramPart> _parts = [];
    private ProgramPart? _only;

    /// <summary>What is observed: what was wanted, without what is missing.</summary>
    internal IReadOnlyList<Mechanism> Mechanisms { get; private set; } =
        [.. options.Filter.Mechanisms is { Count: > 0 } some ? some : AgentOptions.AllMechanisms];

    /// <summary>What was left out.</summary>
    internal IReadOnlyList<MissingPart> Missing => _missing;

    /// <summary>What the programs of system calls do nothing for.</summary>
    internal IReadOnlyList<CallPart> Emptied => _emptied;

    /// <summary>What the programs follow.</summary>
    internal CaptureOptions Options => _missing.Count == 0 ? options : options with
    {
        Filter = options.Filter with { Mechanisms = Mechanisms },
        Delivery = options.Delivery && _emptied.TrueForAll(static part => part.Name != CallPart.Delivery),
    };

    /// <summary>The object, its functions emptied where that is wanted.</summary>
    internal byte[] ReadImage(RunningKernel kernel)
    {
        byte[] whole = options.Image ?? kernel.ReadImage();
        if (_emptied.Count == 0)
        {
            return whole;
        }
        var image = new ObjectImage(whole);
        foreach (string function in _emptied.SelectMany(static part => part.Functions))
        {
            _ = image.Empty(function); // not every form of the object has all
        }
        return image.Bytes;
    }

    /// <summary>What is to be loaded now, in the order in which to attach it.</summary>
    /// <param name="kernel">What it can do.</param>
    /// <param name="exists">Whether the object has a program of this name.</param>
    internal IReadOnlyList<ProgramPart> Choose(RunningKernel kernel, Func<string, bool> exists)
    {
        bool hasRequests = CallTraits.Uring.Any(Mechanisms.Contains);
        ProgramPart uring = new(
            Uring, "what is done by io_uring is not counted",
            [.. hasRequests ? UringPrograms.Choose(kernel.TracepointArguments, kernel.CallsByEvent).Where(exists) : []]);
        ProgramPart[] all =
        [
            .. Mechanisms.Contains(Mechanism.Signal) ? [Signals] : (ProgramPart[])[],
            uring,
            new("processes", "", kernel.CallsByEvent ? LifeCycleByEvent : LifeCycle),
            new("calls", "", kernel.CallPrograms(options.Attachment)),
            .. kernel.CallsByEvent ? [Requests] : (ProgramPart[])[],
            Calls,
        ];
        return _parts = _only is not null ? [_only] : [.. all.Where(part => _missing.TrueForAll(missing => missing.Name != part.Name))];
    }

    /// <summary>To try whether one of the parts loads.</summary>
    /// <param name="only">That one.</param>
    /// <param name="emptied">What shall be emptied beside what is.</param>
    internal ProgramParts Trial(ProgramPart only, IEnumerable<CallPart> emptied)
    {
        var trial = new ProgramParts(options) { _only = only };
        trial._emptied.AddRange(_emptied.Concat(emptied));
        return trial;
    }

    /// <summary>Leaves out what a refused program belongs to, or what of it the kernel refuses.</summary>
    /// <returns>False: there is no capture without it, or nothing would be left to observe.</returns>
    internal bool LeaveOut(BpfException refusal)
    {
        if (_parts.FirstOrDefault(part => part.Programs.Contains(refusal.Program)) is not { } part)
        {
            return false;
        }
        // A program that was loaded, and may not be attached, may not be attached with less in it either.
        IReadOnlyList<CallPart> culprits = refusal.Verdict().Length > 0 && (part.IsEssential || part.Name == Uring) ? CallPartSearch.Find(this, part) : [];
        if (culprits.Count > 0)
        {
            _emptied.AddRange(culprits);
            _missing.AddRange(culprits.Select(culprit => MissingPart.Of(culprit, refusal)));
            return Leave(culprits.SelectMany(static culprit => culprit.Mechanisms));
        }
        if (part.IsEssential)
        {
            return false;
        }
        _missing.Add(MissingPart.Of(part, refusal));
        return Leave(part == Signals ? [Mechanism.Signal] : []);
    }

    private bool Leave(IEnumerable<Mechanism> mechanisms) => (Mechanisms = [.. Mechanisms.Except(mechanisms)]).Count > 0;
}
