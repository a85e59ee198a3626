using Ipcscope.Cli;
using Ipcscope.Filters;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>
/// One look an interval for all who ask or stream, and none while nobody does: then nothing is computed, and what was remembered is forgotten.
/// Can be asked from any thread.
/// </summary>
internal sealed class Hub : IDisposable
{
    /// <summary>How many may stream at once.</summary>
    public const int MostViewers = 64;

    /// <summary>How many different filters may be streamed at once.</summary>
    public const int MostFilters = 16;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly ApiSources _sources;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _linger;
    private readonly object _gate = new();
    private readonly Dictionary<string, Feed> _feeds = [];
    private readonly Thread _thread;
    private TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Sampler? _sampler;
    private bool _asked;
    private long _askedAt;
    private bool _ended;

    /// <summary>Begins; nothing is done until somebody asks.</summary>
    /// <param name="sources">Where to look.</param>
    /// <param name="linger">How long it goes on after the last question; null: five seconds, or two intervals.</param>
    public Hub(ApiSources sources, TimeSpan? linger = null)
    {
        _sources = sources;
        _interval = sources.Facts.Interval < Shortest ? Shortest : sources.Facts.Interval;
        _linger = linger ?? (2 * _interval > Linger ? 2 * _interval : Linger);
        _thread = new Thread(Run) { IsBackground = true, Name = "api" };
        _thread.Start();
    }

    /// <summary>Whether it looks now.</summary>
    internal bool IsAtWork
    {
        get
        {
            lock (_gate)
            {
                return _sampler is not null;
            }
        }
    }

    private int Viewers => _feeds.Values.Sum(feed => feed.Viewers);

    /// <summary>What a filter lets through now. The first to ask waits for two looks.</summary>
    /// <exception cref="OperationCanceledException">The daemon ends.</exception>
    public Task<View> ViewAsync(Filter filter, CancellationToken cancellation) => AskAsync(sampler => sampler.Build(filter.Text, filter.Expression), cancellation);

    /// <summary>The objects that exist.</summary>
    /// <exception cref="OperationCanceledException">The daemon ends.</exception>
    public Task<(DateTimeOffset Time, double Seconds, IReadOnlyList<IpcObject> Objects)> ObjectsAsync(CancellationToken cancellation) =>
        AskAsync(sampler => (sampler.Time, sampler.Seconds, sampler.Objects), cancellation);

    /// <summary>Begins a stream.</summary>
    /// <param name="filter">What it tells of.</param>
    /// <param name="packed">Whether its events are compressed.</param>
    /// <returns>To be disposed; null: there are too many.</returns>
    public Viewer? Open(Filter filter, bool packed = false)
    {
        lock (_gate)
        {
            if (_ended || Viewers >= MostViewers || (!_feeds.ContainsKey(filter.Text) && _feeds.Count >= MostFilters))
            {
                return null;
            }
            if (!_feeds.TryGetValue(filter.Text, out Feed? feed))
            {
                _feeds.Add(filter.Text, feed = new Feed(filter, _sources.Sent));
                if (_sampler is { KnowsRates: true } sampler)
                {
                    feed.Update(sampler);
                }
            }
            Viewer viewer = feed.Add(Leave, packed);
            Monitor.PulseAll(_gate);
            return viewer;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (Feed feed in _feeds.Values)
            {
                feed.End();
            }
            _looked.TrySetCanceled();
            Monitor.PulseAll(_gate);
        }
        _thread.Join();
    }

    private async Task<T> AskAsync<T>(Func<Sampler, T> answer, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                (_asked, _askedAt) = (true, _sources.Time.GetTimestamp());
                if (_sampler is { KnowsRates: true } sampler)
                {
                    return answer(sampler);
                }
                Monitor.PulseAll(_gate);
                next = _looked.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    private void Leave(Viewer viewer)
    {
        lock (_gate)
        {
            Feed feed = viewer.Feed;
            feed.Remove(viewer);
            if (feed.Viewers == 0)
            {
                _ = _feeds.Remove(feed.Filter.Text);
            }
        }
    }

    private bool IsWanted() => _feeds.Count > 0 || (_asked && _sources.Time.GetElapsedTime(_askedAt) < _linger);

    private void Run()
    {
        lock (_gate)
        {
            while (!_ended)
            {
                if (IsWanted())
                {
                    Look();
                }
                else
                {
                    Forget();
                    _ = Monitor.Wait(_gate);
                }
            }
            Forget();
        }
    }

    private void Look()
    {
        long begun = _sources.Time.GetTimestamp();
        _sampler ??= new Sampler(_sources);
        _sampler.Look(Viewers);
        if (_sampler.KnowsRates)
        {
            foreach (Feed feed in _feeds.Values)
            {
                feed.Update(_sampler);
            }
            TaskCompletionSource looked = _looked;
            _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            looked.TrySetResult();
        }
        TimeSpan pause = _sampler.KnowsRates || _interval < FirstPause ? _interval : FirstPause;
        TimeSpan left;
        while (!_ended && (left = pause - _sources.Time.GetElapsedTime(begun)) > TimeSpan.Zero)
        {
            _ = Monitor.Wait(_gate, left); // who asks wakes it, too
        }
    }

    private void Forget()
    {
        _sampler?.Dispose();
        _sampler = null;
        _asked = false;
    }
}
