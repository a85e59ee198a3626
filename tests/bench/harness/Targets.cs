namespace Bench;

/// <summary>The targets of issue 2, point 9, against what was measured. None of them ever fails the run.</summary>
internal static class Targets
{
    private const double OfFloor = 1.5;        // added per IPC operation, to what the floor adds
    private const double OfEmpty = 1.1;        // added per other system call, to what the empty pair adds
    private const double OfBpftrace = 0.25;    // added per IPC operation, to what bpftrace adds
    private const double CpuPercent = 1;       // of one core, at HostCost.CountingRate
    private const double ResidentMb = 40;
    private const double StartMs = 500;
    private const double FullRate = 0.95;      // of the load that a target names: less proves nothing

    public static IReadOnlyList<Verdict> Judge(Results results) =>
    [
        .. results.Comparisons.Where(ours => ours.Tracer == Tracer.Ours).SelectMany(ours => Judge(results, ours)),
        .. results.Startup is { } startup ? [new Verdict("start to first attached program", startup.First, StartMs, "ms")] : (Verdict[])[],
        .. results.Loads.Where(load => load.Name == HostCost.Counting).SelectMany(load => (Verdict[])[
            Proven(load, HostCost.CountingRate, new("host CPU at 200,000 operations/s", load.CpuPercent, CpuPercent, "% of one core")),
            new("resident memory", load.ResidentMb, ResidentMb, "MiB"),
        ]),
        .. results.Loads.Where(load => load.Name == HostCost.Ring).Select(load =>
            Proven(load, HostCost.EventRate, new("lost on the event path at 1,000,000 records/s", load.Lost.Values.Sum(), 0, "records"))),
    ];

    private static Verdict Proven(Load load, int rate, Verdict verdict) =>
        load.Rate >= FullRate * rate ? verdict : verdict with { Reached = false, Note = $"no proof: this machine made {load.Rate:N0} a second" };

    private static IEnumerable<Verdict> Judge(Results results, Comparison ours)
    {
        var (other, limit) = ours.IsIpc ? (Tracer.Floor, OfFloor) : (Tracer.Empty, OfEmpty);
        if (results.Find(ours.Workload, other) is { } reference)
        {
            yield return new($"{ours.Workload}: added, to the {other} pair's", ours.Added.Median / reference.Added.Median, limit, "×", ByMinima(ours, reference));
        }

        if (ours.IsIpc && results.Find(ours.Workload, Tracer.Bpftrace) is { } bpftrace)
        {
            yield return new($"{ours.Workload}: added, to bpftrace's", ours.Added.Median / bpftrace.Added.Median, OfBpftrace, "×", ByMinima(ours, bpftrace));
        }
    }

    private static string ByMinima(Comparison ours, Comparison other) => $"by minima {ours.AddedByMinima / other.AddedByMinima:0.00} ×";
}
