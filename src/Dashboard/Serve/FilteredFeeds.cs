namespace Ipcscope.Dashboard.Serve;

/// <summary>One feed for each filter through which somebody looks.</summary>
/// <param name="make">Makes the feed of a filter.</param>
internal sealed class FilteredFeeds(Func<string, FilteredFeed> make)
{
    /// <summary>The most filters at a time: as many as an agent bears from all that stream.</summary>
    public const int Most = 16;

    private readonly Dictionary<string, FilteredFeed> _feeds = [];
    private readonly Lock _gate = new();

    /// <summary>Somebody looks through a filter; null: there are too many. <see cref="CloseAsync"/> is to be called.</summary>
    public async Task<Feed?> OpenAsync(string filter)
    {
        FilteredFeed? feed;
        Task started;
        lock (_gate)
        {
            if (!_feeds.TryGetValue(filter, out feed) && _feeds.Count >= Most)
            {
                return null;
            }
            feed ??= _feeds[filter] = make(filter);
            feed.Users++;
            started = feed.StartAsync();
        }
        await started;
        return feed.Feed;
    }

    /// <summary>Somebody has gone; after the last one agents are not listened to any more.</summary>
    public async Task CloseAsync(string filter)
    {
        FilteredFeed feed;
        lock (_gate)
        {
            feed = _feeds[filter];
            if (--feed.Users > 0)
            {
                return;
            }
            _feeds.Remove(filter);
        }
        await feed.DisposeAsync();
    }
}
