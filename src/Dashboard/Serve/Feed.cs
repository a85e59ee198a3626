using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Once a second: looks at silent agents, and tells all viewers what has changed, in a text that is made once.</summary>
internal sealed class Feed(Fleet fleet, TimeProvider time) : BackgroundService
{
    /// <summary>Between two deltas.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<Viewer> _viewers = [];

    /// <summary>Told of the durations of each interval.</summary>
    public Action<DateTimeOffset, Dictionary<string, long[]>> OnInterval { get; set; } = static (_, _) => { };

    /// <summary>How many look.</summary>
    public int Viewers
    {
        get
        {
            lock (fleet.Gate)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>Somebody looks from now on, beginning with everything; null: too many do.</summary>
    public Viewer? Open()
    {
        lock (fleet.Gate)
        {
            if (_viewers.Count >= Viewer.Most)
            {
                return null;
            }
            var viewer = new Viewer();
            viewer.Offer(FeedWriter.Snapshot(fleet, time.GetUtcNow()));
            _viewers.Add(viewer);
            return viewer;
        }
    }

    /// <summary>Somebody has gone.</summary>
    public void Close(Viewer viewer)
    {
        lock (fleet.Gate)
        {
            _viewers.Remove(viewer);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            fleet.LookAtSilence();
            Tell(time.GetUtcNow());
        }
    }

    private void Tell(DateTimeOffset now)
    {
        lock (fleet.Gate)
        {
            Dictionary<string, long[]> latency = fleet.Latency.TakeAll();
            OnInterval(now, latency);
            if (_viewers.Count > 0)
            {
                Frame delta = FeedWriter.Delta(fleet, now, latency);
                foreach (Viewer viewer in _viewers)
                {
                    viewer.Offer(delta);
                }
            }
            fleet.ForgetChanges();
        }
    }
}
