using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Once a second: looks at silent agents, and tells all viewers what has changed, in a text that is made once.</summary>
internal sealed class Feed(Fleet fleet, TimeProvider time) : BackgroundService
{
    /// <summary>Between two deltas.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Agents begin one after the other, and browsers fetch what they were sent at first.
    private const int QuietTicks = 5;
    private const int RepeatTicks = 20;

    private readonly List<Viewer> _viewers = [];
    private long _sent;
    private long _snapshots;
    private int _quiet;

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
            _sent++;
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
            GiveBack();
        }
    }

    // Snapshots leave large buffers behind, which nothing else would soon collect: once they are taken in, their memory is given back to the kernel. What deltas
    // replace is scattered among what stays: that is put together again now and then.
    private void GiveBack()
    {
        long snapshots;
        lock (fleet.Gate)
        {
            snapshots = fleet.Snapshots + _sent;
        }
        _quiet = snapshots == _snapshots ? _quiet + 1 : 0;
        _snapshots = snapshots;
        if (snapshots > 0 && _quiet % RepeatTicks == QuietTicks)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
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
