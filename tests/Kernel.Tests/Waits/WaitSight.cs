using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>A capture, and looks at who waits for whom.</summary>
public sealed class WaitSight : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly WaitObserver _observer = new(EndReader.Load);

    internal CaptureSession Session { get; } = CaptureSession.Start(new CaptureOptions());

    internal WaitLook Look() => _observer.Look(Session.ReadCalls(), Session.Flows);

    /// <summary>The wait of a process's only call.</summary>
    internal Wait WaitOf(uint pid) => Assert.Single(Look().Waits, wait => wait.Call.Pid == pid);

    /// <summary>What is wrong with the processes of a scene.</summary>
    internal IReadOnlyList<Problem> Problems(WaitScene scene) => Problems([scene])[0].Problems;

    /// <summary>What is wrong with the processes of each scene.</summary>
    internal List<(WaitScene Scene, IReadOnlyList<Problem> Problems)> Problems(IReadOnlyList<WaitScene> scenes)
    {
        IReadOnlyList<Problem> all = Problems();
        return [.. scenes.Select(scene => (scene, (IReadOnlyList<Problem>)[.. all.Where(problem => problem.Waits.Any(wait => scene.Has(wait.Call.Pid)))]))];
    }

    /// <summary>What is wrong on this machine.</summary>
    internal IReadOnlyList<Problem> Problems()
    {
        WaitLook first = Look();
        Thread.Sleep(Interval);
        Session.Drain();
        return WaitProblems.Find(first, Look(), Session.Flows);
    }

    public void Dispose()
    {
        _observer.Dispose();
        Session.Dispose();
    }
}

/// <summary>Tests of waits share a capture.</summary>
[CollectionDefinition(nameof(WaitSight))]
public sealed class WaitSightGroup : ICollectionFixture<WaitSight>;
