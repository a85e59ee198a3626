using Ipcscope.Dashboard.Agents;

namespace Ipcscope.Dashboard.Serve;

/// <summary>What a filter lets through, followed as everything else is: agents know what a filter means, so each is listened to a second time.</summary>
/// <param name="agents">Listens to the agents, from <see cref="StartAsync"/> on.</param>
/// <param name="feed">Tells those who look.</param>
internal sealed class FilteredFeed(AddressWatch agents, Feed feed) : IAsyncDisposable
{
    private Task? _started;

    /// <summary>Tells those who look.</summary>
    public Feed Feed => feed;

    /// <summary>How many look, or are about to; guarded by <see cref="FilteredFeeds"/>.</summary>
    public int Users { get; set; }

    /// <summary>Begins to listen, once. After it the agents are known: a snapshot without any would say that the filter lets nothing through.</summary>
    public Task StartAsync() => _started ??= BeginAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await feed.StopAsync(CancellationToken.None);
        await agents.StopAsync(CancellationToken.None);
        feed.Dispose();
        agents.Dispose();
    }

    private async Task BeginAsync()
    {
        await agents.StartAsync(CancellationToken.None);
        await agents.Known;
        await feed.StartAsync(CancellationToken.None);
    }
}
