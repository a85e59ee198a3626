using Ipcscope.Dashboard.Tests.Fake;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Fleet;

/// <summary>Many who look for long, in short: nothing is kept of what they have been told. The long form is <c>Browser/load.mjs</c>.</summary>
[Collection(nameof(Alone))]
public sealed class LoadTests
{
    private const int Viewers = 10;
    private const int Deltas = 40;
    private const int Busy = 50; // 60 KB a delta

    [Fact]
    public async Task Ten_viewers_cost_no_memory_that_grows()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 500, Busy));
        await using Dashboard dashboard = await StartAsync(With(agent.Address), time: new Haste());
        await dashboard.UntilStateAsync("a", "live");
        StreamReader[] viewers = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => OpenAsync(dashboard)));
        await ReadAsync(agent, viewers);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await ReadAsync(agent, viewers);
        await ReadAsync(agent, viewers);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Array.ForEach(viewers, static viewer => viewer.Dispose());
        Assert.InRange(after - before, long.MinValue, 2 << 20); // 80 deltas for ten are 48 MB
    }

    private static async Task<StreamReader> OpenAsync(Dashboard dashboard) => new(await dashboard.Browser.GetStreamAsync(new Uri("/api/v1/stream", UriKind.Relative)));

    private static async Task ReadAsync(FakeAgent agent, StreamReader[] viewers)
    {
        for (int told = 0; told < Deltas; told++)
        {
            agent.Tick();
            await Task.WhenAll(viewers.Select(ReadEventAsync));
        }
    }

    private static async Task ReadEventAsync(StreamReader viewer)
    {
        string? line;
        while ((line = await viewer.ReadLineAsync()) is not "")
        {
            Assert.NotNull(line);
        }
    }

    // What takes a second takes 50 ms.
    private sealed class Haste : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            TimeProvider.System.CreateTimer(callback, state, Scale(dueTime), Scale(period));

        private static TimeSpan Scale(TimeSpan time) => time > TimeSpan.Zero ? time / 20 : time;
    }
}
