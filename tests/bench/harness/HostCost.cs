using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench;

/// <summary>What ipcscope takes from the machine beside the time of the calls: processor, memory, and losses under load.</summary>
internal sealed partial class HostCost(Settings settings)
{
    public const string Idle = "counting path, idle";
    public const string Counting = "counting path, 200,000 operations/s";
    public const string Ring = "event path (ring), 1,000,000 records/s";
    public const string Trace = "event path (trace -o json), 1,000,000 records/s";
    public const int CountingRate = 200_000;
    public const int EventRate = 1_000_000;
    private const int Starts = 5;
    private const double TicksPerSecond = 100; // USER_HZ

    private static readonly string Unpinned = $"taskset -c 0-{Native.Cpus - 1}";

    /// <summary>Starts and ends it some times.</summary>
    /// <returns>Medians; null, and why in <paramref name="complaints"/>, if it attaches nothing.</returns>
    public Startup? MeasureStartup(Dictionary<string, string> complaints)
    {
        Progress.Show("start and end");
        _ = Neighbours.WaitUntilGone(settings);
        var log = settings.Path("startup.log");
        List<double[]> starts = [];
        for (var i = 0; i < Starts; i++)
        {
            var command = $"exec {Unpinned} {settings.Path("startup")} {Ipcscope.Run(settings, "kernel")} 2>{log}";
            if (Child.Ask("/bin/sh", "-c", command) is not { } said)
            {
                complaints["start"] = File.ReadLines(log).LastOrDefault("no word from it");
                return null;
            }

            starts.Add([.. said.TrimEnd().Split('\n')[^1].Split(' ').Select(double.Parse)]);
        }

        double Median(int column) => Quartiles.Of(starts.Select(start => start[column])).Median;
        return new(Median(0), Median(1), Median(2));
    }

    /// <summary>All loads that this binary can stand; what it cannot goes to <paramref name="complaints"/>.</summary>
    public IReadOnlyList<Load> MeasureLoads(Dictionary<string, string> complaints)
    {
        var tracers = Tracer.All(settings).ToDictionary(tracer => tracer.Name);
        (string Name, string Tracer, int Rate)[] plan =
        [
            (Idle, Tracer.Ours, 0),
            (Counting, Tracer.Ours, CountingRate),
            (Ring, Tracer.OursRing, EventRate),
            (Trace, Tracer.OursTrace, EventRate),
        ];
        List<Load> loads = [];
        foreach (var (name, tracer, rate) in plan)
        {
            Progress.Show(name);
            var failure = "another tracer did not go";
            if (Neighbours.WaitUntilGone(settings) && Measure(name, tracers[tracer], rate, out failure) is { } load)
            {
                loads.Add(load);
            }
            else
            {
                complaints[name] = failure;
            }
        }

        return loads;
    }

    private Load? Measure(string name, Tracer tracer, int rate, out string failure)
    {
        using var attachment = Attachment.Start(settings, tracer, [], Unpinned);
        failure = attachment.Failure;
        if (failure.Length > 0)
        {
            return null;
        }

        var scrapes = tracer.Name != Tracer.OursTrace;
        List<Worker> workers = [];
        for (var cpu = 0; rate > 0 && cpu < Native.Cpus; cpu++)
        {
            workers.Add(new Worker(settings, "pipe64", true, "", cpu));
        }

        try
        {
            return Measure(name, attachment, workers, rate, scrapes);
        }
        catch (HttpRequestException e)
        {
            failure = $"no metrics: {e.Message}";
            return null;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private Load Measure(string name, Attachment attachment, List<Worker> workers, int rate, bool scrapes)
    {
        if (scrapes)
        {
            _ = Ipcscope.Scrape(); // the first one loads what reads the fill of queues
        }

        var (cpuBefore, clock) = (CpuSeconds(attachment.Pid), DateTime.UtcNow);
        var before = scrapes ? Ipcscope.Scrape() : []; // its cost is part of what a scraped machine pays
        var countedBefore = Counted(before, workers);
        workers.ForEach(worker => worker.Pace(rate / workers.Count, settings.HostSeconds * 1000));
        if (workers.Count == 0)
        {
            Thread.Sleep(TimeSpan.FromSeconds(settings.HostSeconds));
        }

        var runs = workers.ConvertAll(worker => worker.Paced());
        var cpu = (CpuSeconds(attachment.Pid) - cpuBefore) / (DateTime.UtcNow - clock).TotalSeconds;
        Thread.Sleep(TimeSpan.FromSeconds(2)); // the interval of what reads the ring and the slots
        var after = scrapes ? Ipcscope.Scrape() : [];
        var resident = Resident(attachment.Pid);
        _ = attachment.Stop();
        var words = File.ReadLines(attachment.Log).LastOrDefault("");
        var performed = runs.Sum(run => run.Calls);
        return new(
            name, runs.Sum(run => run.Calls / run.Seconds), cpu * 100, resident, performed,
            scrapes ? Counted(after, workers) - countedBefore : null, scrapes ? Lost(before, after) : Lost(words), scrapes ? "" : words);
    }

    private static double Counted(IReadOnlyList<Sample> samples, List<Worker> workers) =>
        workers.Sum(worker => samples.Sum("ipc_operations_total", $"pid=\"{worker.Pids[0]}\""));

    private static Dictionary<string, double> Lost(IReadOnlyList<Sample> before, IReadOnlyList<Sample> after) =>
        after.Where(sample => sample.Name == "ipcscope_lost_total")
            .Select(sample => (sample.Labels, Value: sample.Value - before.Sum(sample.Name, sample.Labels)))
            .Where(loss => loss.Value > 0)
            .ToDictionary(loss => loss.Labels, loss => loss.Value);

    /// <summary>From the summary that every capture ends with: "18,442 operations in 12.4 s, 0 lost, …".</summary>
    private static Dictionary<string, double> Lost(string summary) =>
        LostWords().Match(summary) is { Success: true } match && double.Parse(match.Groups[1].Value, NumberStyles.AllowThousands) is > 0 and var lost
            ? new() { ["summary"] = lost }
            : [];

    private static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // from the third field on; utime is the 14th, stime the 15th
        return (double.Parse(fields[11]) + double.Parse(fields[12])) / TicksPerSecond;
    }

    private static double Resident(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }

    [GeneratedRegex("([0-9,]+) lost")]
    private static partial Regex LostWords();
}
