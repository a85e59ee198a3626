namespace Ipcscope.Cli.Bench;

/// <summary>One mechanism measured once: its objects, and the two processes that use them. Disposing ends and removes them.</summary>
internal sealed class BenchVisit : IDisposable
{
    private const int TrialRoundTrips = 100;
    private const int TrialBytes = 1 << 20;
    private const int WarmUpShare = 8;
    private const int Glance = 50; // ms

    /// <summary>For a process to start, or to do what should take milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BenchMechanism _mechanism;
    private readonly BenchPlan _plan;
    private readonly CancellationToken _token;
    private readonly BenchObjects _objects = new();
    private readonly List<BenchPeer> _peers = [];

    /// <summary>Prepares; <see cref="Measure"/> opens.</summary>
    public BenchVisit(BenchMechanism mechanism, BenchPlan plan, CancellationToken token)
    {
        _mechanism = mechanism;
        _plan = plan;
        _token = token;
    }

    /// <summary>What was sent in pieces, and why; empty before it was measured, and if nothing was.</summary>
    public string Pieces { get; private set; } = "";

    /// <summary>Opens, starts and measures.</summary>
    /// <param name="self">The path of this binary.</param>
    /// <returns>One figure for each of <see cref="BenchFigure.All"/>.</returns>
    /// <exception cref="BenchException">It cannot be measured here.</exception>
    public double[] Measure(string self)
    {
        _mechanism.Open(_objects);
        (int first, int second) = BenchProcessors.Choose(_plan.Placement);
        int[] handles = [.. _objects.Handles];
        _peers.Add(BenchPeer.Start(self, _mechanism, new BenchEnd(true, handles), first, _plan.RealTime));
        _peers.Add(BenchPeer.Start(self, _mechanism, new BenchEnd(false, handles), second, _plan.RealTime));
        _ = Answers(Patience);
        double[] figures = BenchRow.NoFigures;
        BenchAnswer latency = MeasureLatency();
        long[] nanoseconds = [latency.OneWay.P50, latency.OneWay.P99, latency.RoundTrip.P50, latency.RoundTrip.P99];
        for (int i = 0; i < figures.Length; i++)
        {
            BenchFigure figure = BenchFigure.All[i];
            figures[i] = figure.IsLatency ? nanoseconds[i] / 1e9 : _mechanism.CarriesData ? MeasureThroughput(figure.Size) : double.NaN;
        }
        return figures;
    }

    /// <summary>Removes what would outlive this process; may be called by any thread.</summary>
    public void Remove() => _objects.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _objects.Dispose();
    }

    private BenchAnswer MeasureLatency()
    {
        BenchAnswer Run(double count) => Do(new BenchOrder(
            BenchWork.RoundTrips, BenchFigure.LatencySize, (long)Math.Clamp(count, TrialRoundTrips, BenchLoops.MaximumSamples))).First;
        double Rate(double count) => count / Run(count).Elapsed;
        double warmUp = Rate(TrialRoundTrips) * Nanoseconds / WarmUpShare;
        double rate = Rate(Math.Clamp(warmUp, TrialRoundTrips, BenchLoops.MaximumSamples));
        return Run(rate * Nanoseconds);
    }

    // Bytes in a second. How many messages fit in the time is found by shorter trials, which warm up as well.
    private double MeasureThroughput(int size)
    {
        int piece = Math.Min(size, _objects.Piece);
        if (piece < size)
        {
            Pieces = $"larger messages in pieces of {Units.Size((ulong)piece)} ({_objects.Limit})";
        }
        double Rate(double bytes)
        {
            long count = (long)Math.Max(1, bytes / size) * (size / piece);
            (BenchAnswer sent, BenchAnswer received) = Do(new BenchOrder(BenchWork.Stream, piece, count));
            return (double)count * piece / (received.Time - sent.Time);
        }
        double warmUp = Rate(Math.Min(TrialBytes, size * TrialRoundTrips)) * Nanoseconds / WarmUpShare;
        return Rate(Rate(warmUp) * Nanoseconds) * 1e9;
    }

    private double Nanoseconds => _plan.Work.TotalNanoseconds;

    private (BenchAnswer First, BenchAnswer Second) Do(BenchOrder order)
    {
        _peers[1].Order(order); // it waits before the other one sends
        _peers[0].Order(order);
        return Answers(Patience + _plan.Work);
    }

    // Where one fails, the other would wait for ever.
    private (BenchAnswer First, BenchAnswer Second) Answers(TimeSpan patience)
    {
        BenchAnswer? first = null;
        BenchAnswer? second = null;
        for (long started = Environment.TickCount64; first is null || second is null;)
        {
            first ??= _peers[0].Answer(Glance);
            second ??= _peers[1].Answer(first is null ? 0 : Glance);
            _token.ThrowIfCancellationRequested();
            if (Environment.TickCount64 - started > patience.TotalMilliseconds)
            {
                throw new BenchException($"a process of the measurement did not answer within {Units.Duration(patience)}");
            }
        }
        return (first.Value, second.Value);
    }
}
