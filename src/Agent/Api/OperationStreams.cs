using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Ends;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>Captures of single operations, one for each client, a few at once. Disposing ends them.</summary>
/// <param name="sources">How they are started.</param>
internal sealed class OperationStreams(ApiSources sources) : IAsyncDisposable
{
    /// <summary>How many there may be at once: each has programs and a ring of its own, and the kernel runs those of all.</summary>
    public const int Most = 4;

    private const int RingBytes = 4 << 20;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _end = new();
    private int _running;

    /// <summary>Takes a place.</summary>
    /// <returns>Whether there was one; it is given back by <see cref="RunAsync"/>.</returns>
    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _running) <= Most)
        {
            return true;
        }
        Interlocked.Decrement(ref _running);
        return false;
    }

    /// <summary>Sends operations until the limit is reached or the client goes.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="limit">How many.</param>
    /// <param name="response">Where to.</param>
    /// <param name="cancellation">The client has gone.</param>
    public async Task RunAsync(Filter filter, ulong limit, Stream response, CancellationToken cancellation)
    {
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
            // Loading takes a second, and no thread that answers requests shall be kept so long.
            await Task.Factory.StartNew(() => Run(filter, limit, response, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        long begun = sources.Time.GetTimestamp();
        while (Volatile.Read(ref _running) > 0 && sources.Time.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(PollInterval);
        }
        _end.Dispose();
    }

    private void Run(Filter filter, ulong limit, Stream response, CancellationToken stop)
    {
        var plan = FilterPlan.Create(
            filter.Expression is null ? sources.Whole : sources.Whole is null ? filter.Expression : new Conjunction([sources.Whole, filter.Expression]),
            new FilterSelection { Mechanisms = sources.Mechanisms });
        var channels = new ChannelIndex(sources.Time);
        var buffer = new OperationBuffer(sources.Sent);
        using var json = new TraceJson(new WallClock(sources.Time), sources.Places);
        using var enough = new ManualResetEventSlim();
        using IEndSource? ends = OpenEnds();
        var peers = new PeerEnds(ends, sources.Time);
        var feed = new TraceFeed(buffer, json, channels, new PeerNames(channels, sources.Time), peers, plan.Remainder, sources.Places, limit, enough.Set);
        using ICapture capture = sources.StartCapture(sources.Capturing with
        {
            Filter = plan.Kernel,
            CountInKernel = true,
            Delivery = false,
            ProgramTimes = false,
            OnOperation = feed.Handle,
            RingBytes = RingBytes,
            PollInterval = PollInterval,
        });
        (channels.Source, peers.Flows) = (capture.Flows, capture.Flows);
        var writer = new OperationWriter(response, buffer, capture, sources.Sent);
        writer.Begin();
        while (!stop.IsCancellationRequested && !enough.Wait(Linger, CancellationToken.None))
        {
            writer.Write(stop);
        }
        capture.Stop();
        writer.Write(stop);
        if (enough.IsSet)
        {
            writer.End(feed.Operations);
        }
    }

    // Where the kernel cannot be asked, operations are told without who is at the other end.
    private IEndSource? OpenEnds()
    {
        try
        {
            return sources.OpenEnds();
        }
        catch (CaptureException)
        {
            return null;
        }
    }
}
