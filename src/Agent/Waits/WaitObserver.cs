using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Flows;
using Ipcscope.Objects;

namespace Ipcscope.Waits;

/// <summary>Looks who waits for whom. What it needs of the kernel is loaded at the first look, and costs nothing between two looks. For one thread at a time.</summary>
public sealed class WaitObserver : IDisposable
{
    private readonly Lazy<IEndSource> _ends;
    private readonly Lazy<ObjectPrograms> _mappings = new(ObjectPrograms.LoadMappings);

    /// <summary>Loads what tells who holds what at the first look.</summary>
    public WaitObserver(Func<IEndSource> openEnds) => _ends = new(openEnds);

    /// <summary>Looks now.</summary>
    /// <param name="calls">The calls in progress, read a moment ago.</param>
    /// <param name="flows">What traffic showed.</param>
    /// <exception cref="CaptureException">The kernel cannot be asked.</exception>
    public WaitLook Look(IReadOnlyList<CallInProgress> calls, IFlowSource? flows = null)
    {
        try
        {
            ChannelEnds ends = _ends.Value.Read(flows);
            var threads = new Threads(calls);
            var finder = new WaitFinder(ends, threads, new Activities(calls, threads), new(() => MemoryUsers.Read(_mappings.Value)));
            return new WaitLook([.. calls.Select(finder.Find)], ends, threads);
        }
        catch (Bpf.BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ends.IsValueCreated)
        {
            _ends.Value.Dispose();
        }
        if (_mappings.IsValueCreated)
        {
            _mappings.Value.Dispose();
        }
    }
}
