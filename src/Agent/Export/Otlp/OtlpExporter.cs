using System.Diagnostics.Metrics;
using Ipcscope.Config;

namespace Ipcscope.Export.Otlp;

/// <summary>
/// Sends the series in the background. What does not arrive is tried again until the next reading is due, which says all of it and more: nothing is kept
/// longer, and nobody waits for a receiver. Disposing sends a last reading, if that is possible at once.
/// </summary>
internal sealed partial class OtlpExporter : IAsyncDisposable
{
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(300);

    private readonly Func<CancellationToken, Task<List<OtlpRequest>>> _read;
    private readonly OtlpClient _client;
    private readonly OtlpOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Meter _meter;
    private readonly long[] _unsent = new long[Enum.GetValues<OtlpCause>().Length];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;
    private long _sent;
    private bool _failing;

    /// <summary>Begins.</summary>
    /// <param name="read">Makes requests of the series as they are now.</param>
    /// <param name="options">Where to.</param>
    /// <param name="meters">Tells how much was sent.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Where it is said that nothing arrives, once each time.</param>
    public OtlpExporter(Func<CancellationToken, Task<List<OtlpRequest>>> read, OtlpOptions options, IMeterFactory meters, TimeProvider time, ILogger log)
    {
        (_read, _options, _time, _log) = (read, options, time, log);
        _client = new OtlpClient(options);
        _meter = meters.Create(SelfMetrics.MeterName, SelfMetrics.Version);
        _meter.CreateObservableCounter("ipcscope.otlp.sent", () => Interlocked.Read(ref _sent), null, "Data points that the OTLP receiver has taken.");
        _meter.CreateObservableCounter("ipcscope.otlp.unsent", Unsent, null, "Data points that did not arrive at the OTLP receiver, by cause. Their counts are part of the next ones.");
        _task = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _client.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    /// <summary>How many points did not arrive because of it.</summary>
    internal long UnsentBy(OtlpCause cause) => Interlocked.Read(ref _unsent[(int)cause]);

    private async Task RunAsync()
    {
        long due = _time.GetTimestamp();
        try
        {
            while (true)
            {
                due += (long)(_options.Interval.TotalSeconds * _time.TimestampFrequency);
                TimeSpan left = Left(due);
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, _stop.Token);
                due = Math.Max(due, _time.GetTimestamp());
                await SendAllAsync(due + (long)(_options.Interval.TotalSeconds * _time.TimestampFrequency), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await SayFarewellAsync();
        }
    }

    private async Task SendAllAsync(long next, CancellationToken cancellation)
    {
        List<OtlpRequest> requests = await _read(cancellation);
        for (int i = 0; i < requests.Count; i++)
        {
            if (!await SendAsync(requests[i], next, cancellation) && Left(next) <= TimeSpan.Zero)
            {
                Count(OtlpCause.Late, requests.Skip(i + 1).Sum(static request => (long)request.Points));
                return;
            }
        }
    }

    // Until it arrives, or will never, or the next reading is due.
    private async Task<bool> SendAsync(OtlpRequest request, long next, CancellationToken cancellation)
    {
        for (TimeSpan pause = FirstPause; ; pause *= 2)
        {
            try
            {
                long rejected = await _client.SendAsync(request, cancellation);
                Count(OtlpCause.Rejected, rejected);
                Interlocked.Add(ref _sent, request.Points - rejected);
                Tell(null);
                return true;
            }
            catch (OtlpException fault)
            {
                Tell(fault);
                TimeSpan wait = fault.After > pause ? fault.After : pause;
                if (!fault.MayPass || Left(next) <= wait)
                {
                    Count(fault.Cause, request.Points);
                    return false;
                }
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    private async Task SayFarewellAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await SendAllAsync(_time.GetTimestamp(), limit.Token);
        }
        catch (OperationCanceledException)
        {
            return; // it has a moment, not more
        }
    }

    private TimeSpan Left(long due) => _time.GetElapsedTime(_time.GetTimestamp(), due);

    private void Count(OtlpCause cause, long points) => Interlocked.Add(ref _unsent[(int)cause], points);

    private void Tell(OtlpException? fault)
    {
        if (fault is null && _failing)
        {
            LogArrives(_options.Endpoint);
        }
        else if (fault is not null && !_failing)
        {
            LogFails(_options.Endpoint, fault.Message);
        }
        _failing = fault is not null;
    }

    private IEnumerable<Measurement<long>> Unsent() => Enum.GetValues<OtlpCause>()
        .Select(cause => new Measurement<long>(UnsentBy(cause), new KeyValuePair<string, object?>("cause", cause.ToString().ToLowerInvariant())));

    [LoggerMessage(30, LogLevel.Warning, "metrics do not arrive at {Endpoint}: {Reason} (they are sent again and again; see otlp.endpoint)")]
    private partial void LogFails(string endpoint, string reason);

    [LoggerMessage(31, LogLevel.Information, "metrics arrive at {Endpoint} again")]
    private partial void LogArrives(string endpoint);
}
