using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Waits;

/// <summary>Looks who waits for whom. What it needs of the kernel is loaded at the first look, and costs nothing between two looks. For one thread at a time.</summary>
public sealed class WaitObserver : IDisposable
{
    private readonly Lazy<IEndSource> _ends;

    /// <summary>Loads what tells who holds what at the first look.</summary>
    public WaitObserver(Func<IEndSource> openEnds) => _ends = new(openEnds);

    /// <summary>What the kernel refused of what the looks needed.</summary>
    public IReadOnlyList<MissingPart> Missing => _ends.IsValueCreated ? _ends.Value.Missing : [];

    /// <summary>Looks now.</summary>
    /// <param name="calls">The calls in progress, read a moment ago.</param>
    /// <param name="flows">What traffic showed.</param>
    /// <param name="everyThread">Asks every thread by /proc: for calls that the kernel's iterator cannot tell.</param>
    /// <param name="clients">Those too who poll for input from one channel: asks every thread as well.</param>
    /// <exception cref="CaptureException">The kernel cannot be asked.</exception>
    public WaitLook Look(IReadOnlyList<CallInProgress> calls, IFlowSource? flows = null, bool everyThread = false, bool clients = false)
    {
        ChannelEnds ends = _ends.Value.Read(flows);
        calls = everyThread ? [.. calls, .. new FarCalls(ends, calls).Find()] : calls;
        var threads = new Threads(calls);
        var polls = new Polls();
        var polling = new PollWaits(ends, polls);
        var finder = new WaitFinder(ends, threads, new Activities(calls, threads, polling), new LatchWaits(ends, polls, polling));
        IEnumerable<CallInProgress> polled = clients ? polling.ForRoom().Concat(polling.ForInput()) : polling.ForRoom();
        return new WaitLook([.. calls.Concat(polled).Select(finder.Find)], ends, threads);
    }

    /// <summary>Looks only who holds what.</summary>
    /// <param name="flows">What traffic showed.</param>
    /// <exception cref="CaptureException">The kernel cannot be asked.</exception>
    public ChannelEnds LookAtEnds(IFlowSource flows) => _ends.Value.Read(flows);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ends.IsValueCreated)
        {
            _ends.Value.Dispose();
        }
    }
}
