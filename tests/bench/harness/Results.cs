using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench;

/// <summary>What one tracer does to one workload; nanoseconds per unit.</summary>
/// <param name="Unit">call or request.</param>
/// <param name="Added">Median and quartiles over the pairs.</param>
/// <param name="AddedByMinima">Fastest traced batch of the run less the fastest untraced one.</param>
/// <param name="Ratio">Traced to untraced, of the medians.</param>
/// <param name="OfFloor">Added, to what the floor adds; null without the floor, and for the control.</param>
internal sealed record Comparison(
    string Workload, string Unit, bool IsIpc, string Tracer, double Untraced, double Traced, Quartiles Added, double AddedByMinima,
    double Ratio, double? OfFloor, int Pairs)
{
    public static Comparison Of(Workload workload, string tracer, IReadOnlyList<Pair> pairs, double? floor)
    {
        var added = Quartiles.Of(pairs.Select(pair => pair.Added));
        var untraced = Quartiles.Of(pairs.Select(pair => pair.Untraced)).Median;
        var minima = pairs.Min(pair => pair.Traced.Minimum) - pairs.Min(pair => pair.Before.Minimum);
        return new(
            workload.Name, workload.Unit, workload.IsIpc, tracer, untraced, untraced + added.Median, added, minima,
            (untraced + added.Median) / untraced, tracer == Bench.Tracer.Control ? null : added.Median / floor, pairs.Count);
    }
}

/// <summary>What ipcscope itself takes while other processes move data.</summary>
/// <param name="Name">Which path, at which load.</param>
/// <param name="Rate">System calls a second that were really made.</param>
/// <param name="CpuPercent">Of one core, utime + stime of the process.</param>
/// <param name="ResidentMb">VmRSS after it, MiB.</param>
/// <param name="Performed">Calls made in all.</param>
/// <param name="Counted">Operations it reports for the same processes; null where it reports none.</param>
/// <param name="Lost">Losses by stage and cause, those that are not zero; its last line where there are no metrics.</param>
internal sealed record Load(
    string Name, double Rate, double CpuPercent, double ResidentMb, long Performed, double? Counted, IReadOnlyDictionary<string, double> Lost,
    string Words);

/// <summary>Milliseconds, median of some starts.</summary>
/// <param name="First">From exec to the first program attached.</param>
/// <param name="All">To the last one.</param>
/// <param name="Detach">From SIGTERM to none left.</param>
internal sealed record Startup(double First, double All, double Detach);

/// <param name="Figure">As measured; lower is better.</param>
/// <param name="Note">What to weigh it with; may be empty.</param>
internal sealed record Verdict(string Target, double Figure, double Limit, string Unit, string Note = "")
{
    public bool Reached { get; init; } = Figure <= Limit;
}

/// <summary>All that a run found. Saved, so that two runs can be compared.</summary>
internal sealed record Results
{
    public int Schema { get; init; } = 1;

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    public string Kernel { get; init; } = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    public int Cpus { get; init; } = Native.Cpus;

    /// <summary>First line of what each tool says of its version.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Of the machine, one minute, before the run: what else was at work.</summary>
    public double LoadAverage { get; init; } = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0]);

    public int Rounds { get; init; }

    public int ChunkMs { get; init; }

    /// <summary>Pairs thrown away because another tracer ran beside them.</summary>
    public int Discarded { get; init; }

    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    public Startup? Startup { get; init; }

    public IReadOnlyList<Load> Loads { get; init; } = [];

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyDictionary<string, string> Complaints { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    public Comparison? Find(string workload, string tracer) =>
        Comparisons.FirstOrDefault(result => result.Workload == workload && result.Tracer == tracer);

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, ResultsJson.Default.Results));
}

[JsonSerializable(typeof(Results))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ResultsJson : JsonSerializerContext;
