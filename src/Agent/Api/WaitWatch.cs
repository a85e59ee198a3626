using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>Who waits for whom, who is around channels, and what two looks one after the other say is wrong. For one thread at a time.</summary>
/// <param name="readCalls">Reads the calls in progress.</param>
/// <param name="flows">What traffic showed.</param>
/// <param name="openEnds">Loads what tells who holds what.</param>
/// <param name="places">Tells where processes run.</param>
/// <param name="time">The clock.</param>
internal sealed class WaitWatch(Func<IReadOnlyList<CallInProgress>> readCalls, IFlowSource flows, Func<IEndSource> openEnds, Places places, TimeProvider time) : IDisposable
{
    /// <summary>Two looks that are nearer to each other say little of what lasts.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(900);

    private readonly WaitObserver _observer = new(openEnds);
    private readonly Crossings _crossings = new(places);
    private readonly Rest _rest = new(time, Apart);
    private WaitLook? _look;
    private HashSet<(ProcessKey, uint, ulong, ChannelKey)> _near = []; // calls that the last thorough look did not have to look for

    /// <summary>Calls that wait now.</summary>
    public IReadOnlyList<Wait> Waits { get; private set; } = [];

    /// <summary>Who is around channels.</summary>
    public Surroundings Surroundings { get; private set; } = new();

    /// <summary>What is wrong, as far as it is of waits and pods.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Who held what at the last look; null: there was none.</summary>
    public ChannelEnds? Ends => _look?.Ends;

    /// <summary>Why it cannot be looked; null: it can.</summary>
    public string? Lack { get; private set; }

    /// <summary>Looks. Who could end a wait that has just begun is told at the next thorough look.</summary>
    public void Look(Traffic traffic)
    {
        IReadOnlyList<CallInProgress> calls = readCalls();
        _ = Lack is null && _rest.Do(() => LookThoroughly(calls, traffic));
        Dictionary<(ProcessKey, uint, ulong, ChannelKey), Wait> known = [];
        foreach (Wait wait in _look?.Waits ?? [])
        {
            known[wait.Call.Identity] = wait;
        }
        HashSet<(ProcessKey, uint, ulong, ChannelKey)> now = [.. calls.Select(call => call.Identity)];
        Waits =
        [
            .. calls.Where(IsWait).Select(call => known.TryGetValue(call.Identity, out Wait? wait) ? wait with { Call = call } : new Wait(call, [], false)),
            // Of polls, and of calls of other architectures, only the thorough look tells.
            .. known.Values.Where(wait => IsWait(wait.Call) && !now.Contains(wait.Call.Identity) && !_near.Contains(wait.Call.Identity)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _observer.Dispose();

    private static bool IsWait(CallInProgress call) => call.State != CallState.Running && call.Reason != WaitReason.None;

    private void LookThoroughly(IReadOnlyList<CallInProgress> calls, Traffic traffic)
    {
        try
        {
            WaitLook look = _observer.Look(calls, flows, everyThread: true);
            if (_look is { } before)
            {
                Problems = [.. WaitProblems.Find(before, look, flows), .. _crossings.Find(look.Ends, flows)];
            }
            Surroundings = new Surroundings(look.Ends, traffic);
            _look = look;
            _near = [.. calls.Select(call => call.Identity)];
        }
        catch (CaptureException fault)
        {
            Lack = fault.Message;
        }
    }
}
