using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// Two captures at once, one for each path, for programs that are not ours. The counting path sees the whole machine. The event
/// path sees what this process starts, and what that starts: a ring could not take what the rest of the machine does.
/// </summary>
public sealed class ProgramCaptures : IDisposable
{
    public ProgramCaptures() => Events = CaptureSession.Start(new CaptureOptions
    {
        CountInKernel = false,
        OnOperation = Journal.Add,
        Filter = new KernelFilter { Pids = [(uint)Environment.ProcessId], FollowChildren = true },
        MaxFlows = 65536,
        RingBytes = 16 << 20,
        PollInterval = TimeSpan.FromMilliseconds(10),
    });

    public CaptureSession Counting { get; } = CaptureSession.Start(new CaptureOptions { MaxFlows = 65536 });

    public CaptureSession Events { get; }

    /// <summary>The single operations of the event path, by channel: flows of ended processes lose theirs.</summary>
    internal Journal Journal { get; } = new();

    public void Dispose()
    {
        Counting.Dispose();
        Events.Dispose();
    }
}

/// <summary>
/// Programs run one after the other, and not beside the scenarios: two captures more would be a load of their own.
/// </summary>
[CollectionDefinition(nameof(ProgramCaptures), DisableParallelization = true)]
public sealed class ProgramCapturesGroup : ICollectionFixture<ProgramCaptures>;
