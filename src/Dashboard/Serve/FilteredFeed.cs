using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>What a filter lets through, followed as everything else is: agents know what a filter means, so each is listened to a second time.</summary>
internal sealed class FilteredFeed : IAsyncDisposable
{
    private readonly AddressWatch _agents;

    /// <summary>Is not begun yet.</summary>
    /// <param name="agents">Listens to the agents for this fleet.</param>
    /// <param name="fleet">What they tell.</param>
    /// <param name="time">The clock.</param>
    public FilteredFeed(AddressWatch agents, Fleet fleet, TimeProvider time) => (_agents, Feed) = (agents, new Feed(fleet, time));

    /// <summary>Tells those who look.</summary>
    public Feed Feed { get; }

    /// <summary>How many look, or are about to; guarded by <see cref="FilteredFeeds"/>.</summary>
    public int Users { get; set; }

    /// <summary>Begins to listen.</summary>
    public async Task StartAsync()
    {
        await _agents.StartAsync(CancellationToken.None);
        await Feed.StartAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Feed.StopAsync(CancellationToken.None);
        await _agents.StopAsync(CancellationToken.None);
        Feed.Dispose();
        _agents.Dispose();
    }
}
