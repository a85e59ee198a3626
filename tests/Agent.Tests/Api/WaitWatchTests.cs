using Ipcscope.Api;
using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;
using Ipcscope.Volume;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Api;

/// <summary>When it is worth to look who waits for whom.</summary>
public sealed class WaitWatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ApiScene _scene = new();
    private readonly FakeClock _clock = new();
    private readonly DearEnds _ends = new();
    private readonly Traffic _traffic;
    private readonly WaitWatch _watch;

    public WaitWatchTests()
    {
        ApiSources sources = _scene.Sources(_clock);
        _traffic = new Traffic(sources.Flows);
        _watch = new WaitWatch(sources with { OpenEnds = () => _ends.Around(sources.OpenEnds()) });
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return _scene.DisposeAsync();
    }

    private void Look(params CallInProgress[] calls)
    {
        _scene.Capture.Calls = calls;
        _traffic.Look();
        _watch.Look(_traffic);
        _clock.Advance(Second);
    }

    [Fact]
    public void A_wait_that_began_while_thorough_looks_rest_is_found_within_two_looks()
    {
        Look();
        Look();
        Assert.Equal(1, _ends.Looks); // twenty seconds from one to the next
        Look(_scene.Waiting(TimeSpan.FromMilliseconds(300)));
        Assert.Empty(_watch.Problems);
        Look(_scene.Waiting(TimeSpan.FromMilliseconds(1300)));
        Assert.Equal(ProblemKind.BackPressure, Assert.Single(_watch.Problems).Kind);
        Assert.Equal(3, _ends.Looks);
        Look(_scene.Waiting(TimeSpan.FromMilliseconds(2300)));
        Assert.Equal(3, _ends.Looks); // two have seen it: there is nothing new
        Assert.Single(_watch.Problems);
        Look();
        Assert.Empty(_watch.Problems); // it has ended, which needs no look
    }

    [Fact]
    public void Who_waits_a_moment_only_is_not_looked_at()
    {
        Look();
        for (uint tid = 1; tid < 6; tid++)
        {
            Look(_scene.Waiting(TimeSpan.FromMilliseconds(100)) with { Begin = tid, Tid = tid });
        }
        Assert.Equal(1, _ends.Looks);
    }

    [Fact]
    public void Ever_new_waits_do_not_make_it_look_more_often_than_it_may()
    {
        const int Seconds = 120;
        for (ulong i = 1; i <= Seconds; i++)
        {
            Look(_scene.Waiting(TimeSpan.FromMilliseconds(300)) with { Begin = i });
        }
        // Two hundred milliseconds at once and a five-hundredth of the time for these, a thousandth for thorough looks.
        double allowed = 0.2 + (Seconds / 500.0) + (Seconds / 1000.0);
        Assert.InRange(_ends.Looks, 2, (int)(allowed / DearEnds.Cost.TotalSeconds) + 2);
    }

    /// <summary>Every look takes that much processor time.</summary>
    private sealed class DearEnds : IEndSource
    {
        public static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(20);

        private IEndSource? _all;

        public int Looks { get; private set; }

        public DearEnds Around(IEndSource all)
        {
            _all = all;
            return this;
        }

        public ChannelEnds Read(IFlowSource? flows = null)
        {
            Looks++;
            TimeSpan begun = ThreadTime.Now();
            while (ThreadTime.Now() - begun < Cost)
            {
            }
            return _all!.Read(flows);
        }

        public void Dispose() => _all?.Dispose();
    }
}
