using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>
/// Who waits for whom, who is around channels, and what two looks one after the other say is wrong. Calls in progress are cheap to read, and are read every time, or every two seconds where threads are thousands. A thorough look,
/// which asks every thread, is made as often as it is cheap; in between, a call that has waited for room or a lock for a while and that no look has seen yet makes
/// it look at who could end it, twice, a second apart. For one thread at a time.
/// </summary>
/// <param name="sources">Where to look.</param>
internal sealed class WaitWatch(ApiSources sources) : IDisposable
{
    /// <summary>Two looks that are nearer to each other say little of what lasts.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(900);

    /// <summary>How long a call has waited that is worth a look, nanoseconds.</summary>
    private const ulong Suspicious = 250_000_000;

    private readonly WaitObserver _observer = new(sources.OpenEnds);
    private readonly Crossings _crossings = new(sources.Places);
    private readonly Unlisted _unlisted = new(sources.Mechanisms, sources.Whole, sources.Places);
    private readonly Rest _rest = new(sources.Time, Apart);
    private readonly Rest _reading = new(sources.Time, TimeSpan.Zero) { Share = 500, Longest = TimeSpan.FromSeconds(2) };
    private readonly Allowance _allowance = new(sources.Time);
    private readonly HashSet<(ProcessKey, uint, ulong, ChannelKey)> _judged = []; // calls that two looks have seen
    private IReadOnlyList<CallInProgress> _calls = [];
    private WaitLook? _look;
    private long _lookedAt;
    private IReadOnlyList<Wait> _far = []; // what only the last thorough look could tell: polls, and calls of other architectures
    private IReadOnlyList<Problem> _lasting = []; // what it found of those, and of pods
    private IReadOnlyList<Problem> _found = [];
    private HashSet<(ProcessKey, uint, ulong, ChannelKey)> _now = [];
    private HashSet<uint> _awaited = []; // who could end a wait for room or a lock

    /// <summary>Calls that wait now.</summary>
    public IReadOnlyList<Wait> Waits { get; private set; } = [];

    /// <summary>Who is around channels.</summary>
    public Surroundings Surroundings { get; private set; } = new();

    /// <summary>Channels that processes hold and of which nothing is counted, as of the last thorough look; null: there was none.</summary>
    public int? Unlisted { get; private set; }

    /// <summary>What is wrong, as far as it is of waits and pods: of calls that have ended nothing is.</summary>
    public IReadOnlyList<Problem> Problems => [.. _found.Where(problem => problem.Waits.All(wait => _now.Contains(wait.Call.Identity))), .. _lasting];

    /// <summary>Who held what at the last look; null: there was none.</summary>
    public ChannelEnds? Ends => _look?.Ends;

    /// <summary>Why it cannot be looked; null: it can.</summary>
    public string? Lack { get; private set; }

    /// <summary>Looks. Who could end a wait that has just begun is told at the next look at that.</summary>
    public void Look(Traffic traffic)
    {
        if (!_reading.Do(() => _calls = sources.ReadCalls()))
        {
            return; // with thousands of threads even that takes a while
        }
        IReadOnlyList<CallInProgress> calls = _calls;
        _now = [.. calls.Select(call => call.Identity)];
        _judged.IntersectWith(_now);
        bool thorough = Lack is null && _rest.Do(() => Try(() => LookThoroughly(calls, traffic)));
        if (!thorough && Lack is null && IsDue() && calls.Any(IsSuspicious))
        {
            _ = _allowance.Do(() => Try(() => LookCloser(calls)));
        }
        Dictionary<(ProcessKey, uint, ulong, ChannelKey), Wait> known = [];
        foreach (Wait wait in _look?.Waits ?? [])
        {
            known[wait.Call.Identity] = wait;
        }
        Waits =
        [
            .. calls.Where(IsWait).Select(call => known.TryGetValue(call.Identity, out Wait? wait) ? wait with { Call = call } : new Wait(call, [], false)),
            .. _far.Where(wait => !_now.Contains(wait.Call.Identity)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _observer.Dispose();

    private static bool IsWait(CallInProgress call) => call.State != CallState.Running && call.Reason != WaitReason.None;

    private bool IsDue() => _look is null || sources.Time.GetElapsedTime(_lookedAt) >= Apart;

    // Who reads and finds nothing is idle, unless somebody waits for it meanwhile: that may close a circle.
    private bool IsSuspicious(CallInProgress call) =>
        call.State == CallState.Asleep && call.Age >= Suspicious && !_judged.Contains(call.Identity)
        && (call.Reason is WaitReason.Full or WaitReason.Lock || (call.Reason == WaitReason.Empty && _awaited.Contains(call.Pid)));

    private void LookThoroughly(IReadOnlyList<CallInProgress> calls, Traffic traffic)
    {
        WaitLook look = _observer.Look(calls, sources.Flows, everyThread: true);
        _far = [.. look.Waits.Where(wait => IsWait(wait.Call) && !_now.Contains(wait.Call.Identity))];
        IReadOnlyList<Problem> all = Compare(look);
        _lasting = [.. all.Where(problem => !IsNear(problem)), .. _crossings.Find(look.Ends, sources.Flows)];
        _found = [.. all.Where(IsNear)];
        Surroundings = new Surroundings(look.Ends, traffic, Surroundings);
        Unlisted = _unlisted.Count(look.Ends, traffic);
        Keep(look);
    }

    private void LookCloser(IReadOnlyList<CallInProgress> calls)
    {
        WaitLook look = _observer.Look(calls, sources.Flows);
        _found = [.. Compare(look).Where(IsNear)];
        Keep(look);
    }

    private IReadOnlyList<Problem> Compare(WaitLook look) => _look is { } before ? WaitProblems.Find(before, look, sources.Flows) : [];

    // What a look that does not ask every thread can tell, too.
    private bool IsNear(Problem problem) => problem.Waits.Count > 0 && problem.Waits.All(wait => _now.Contains(wait.Call.Identity));

    private void Keep(WaitLook look)
    {
        HashSet<(ProcessKey, uint, ulong, ChannelKey)> before = [.. (_look?.Waits ?? []).Select(wait => wait.Call.Identity)];
        _judged.UnionWith(look.Waits.Select(wait => wait.Call.Identity).Where(before.Contains));
        _awaited = [.. look.Waits.Where(wait => wait.Call.Reason is WaitReason.Full or WaitReason.Lock).SelectMany(wait => wait.Parties).Select(party => party.Pid)];
        (_look, _lookedAt) = (look, sources.Time.GetTimestamp());
    }

    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (CaptureException fault)
        {
            Lack = fault.Message;
        }
    }
}
