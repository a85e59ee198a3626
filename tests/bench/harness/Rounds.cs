namespace Bench;

/// <summary>One traced chunk beside the untraced ones before and after it.</summary>
internal readonly record struct Pair(Chunk Before, Chunk Traced, Chunk After)
{
    /// <summary>Nanoseconds the tracer adds to one unit. The mean of the two neighbours takes slow drift out.</summary>
    public double Added => Traced.Median - Untraced;

    public double Untraced => (Before.Median + After.Median) / 2;
}

/// <summary>Measures A B A B: every tracer is attached and detached in every round, and all workloads run each time.</summary>
internal sealed class Rounds(Settings settings, IReadOnlyList<Workload> workloads, IReadOnlyList<Tracer> tracers)
{
    private readonly int[] pids = [.. workloads.SelectMany(workload => workload.Pids)];

    /// <summary>Pairs by tracer and workload.</summary>
    public Dictionary<(string Tracer, string Workload), List<Pair>> Pairs { get; } = [];

    /// <summary>Tracers that did not start or did not end well, and why.</summary>
    public Dictionary<string, string> Complaints { get; } = [];

    /// <summary>Pairs thrown away because another tracer ran beside them.</summary>
    public int Discarded { get; private set; }

    public void Run()
    {
        var before = Untraced();
        for (var i = 0; i < settings.Rounds * tracers.Count && before is not null; i++)
        {
            var round = i / tracers.Count;
            var tracer = tracers[(i + round) % tracers.Count]; // after another one in each round
            if (!Complaints.ContainsKey(tracer.Name) && !(tracer.Slow && round % 2 == 1)) // nobody needs strace to the nanosecond
            {
                Progress.Show($"round {round + 1} of {settings.Rounds}: {tracer.Name}");
                before = Compare(tracer, before);
            }
        }

        if (before is null)
        {
            Complaints["the rest of the rounds"] = $"another tracer did not go: {Neighbours.Busy(settings)}";
        }
    }

    /// <summary>What was found so far, by workload and then by tracer.</summary>
    public IReadOnlyList<Comparison> Compare() =>
    [
        .. from workload in workloads
           let floor = Added(Tracer.Floor, workload)
           from tracer in tracers
           where Pairs.ContainsKey((tracer.Name, workload.Name))
           select Comparison.Of(workload, tracer.Name, Pairs[(tracer.Name, workload.Name)], floor),
    ];

    private double? Added(string tracer, Workload workload) =>
        Pairs.TryGetValue((tracer, workload.Name), out var pairs) ? Quartiles.Of(pairs.Select(pair => pair.Added)).Median : null;

    /// <returns>The untraced chunks after it; null when another tracer does not go.</returns>
    private Chunk[]? Compare(Tracer tracer, Chunk[] before)
    {
        Chunk[] traced;
        using (var attachment = Attachment.Start(settings, tracer, pids))
        {
            traced = attachment.Failure.Length > 0 ? [] : Measure(tracer.Slow);
            var complaint = attachment.Failure.Length > 0 ? $"does not start: {attachment.Failure}" : attachment.Stop();
            if (complaint.Length > 0)
            {
                Complaints[tracer.Name] = complaint;
            }
        }

        var clean = Neighbours.Gone(settings);
        var after = Untraced();
        Discarded += clean ? 0 : workloads.Count;
        for (var i = 0; clean && after is not null && i < traced.Length; i++)
        {
            var key = (tracer.Name, workloads[i].Name);
            Pairs.TryAdd(key, []);
            Pairs[key].Add(new(before[i], traced[i], after[i]));
        }

        return after;
    }

    /// <summary>Measures until no other tracer ran at either end.</summary>
    private Chunk[]? Untraced()
    {
        while (Neighbours.WaitUntilGone(settings))
        {
            var chunks = Measure(slow: false);
            if (Neighbours.Busy(settings).Length == 0)
            {
                return chunks;
            }
        }

        return null;
    }

    private Chunk[] Measure(bool slow) => [.. workloads.Select(workload => workload.Measure(settings.ChunkMs, slow))];
}
