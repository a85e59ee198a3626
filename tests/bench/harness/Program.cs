using Bench;

try
{
    return Run(Settings.Parse(args));
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 2;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}

static int Run(Settings settings)
{
    var busy = Neighbours.Busy(settings) + Neighbours.Ftrace();
    if (busy.Length > 0)
    {
        Console.Error.WriteLine($"bench: another tracer is at work, and would be in every figure: {busy}. End it and start again.");
        return 1;
    }

    if (Neighbours.Runs("strace"))
    {
        Progress.Show("strace runs on this machine: it slows only what it follows, but keeps the processors busy");
    }

    var complaints = new Dictionary<string, string>();
    var results = new Results { Rounds = settings.Rounds, ChunkMs = settings.ChunkMs, Complaints = complaints, Tools = Tools.Versions() };
    var all = Tracer.All(settings);
    var names = Catalogue.Choose([.. all.Select(tracer => tracer.Name)], settings.Tracers, "tracer");
    IReadOnlyList<Tracer> tracers = [.. all.Where(tracer => tracer.Name == Tracer.Command || names.Contains(tracer.Name))];
    var hasOurs = File.Exists(settings.Ipcscope);
    if (!hasOurs)
    {
        complaints["ipcscope"] = $"there is no {settings.Ipcscope}";
        tracers = [.. tracers.Where(tracer => !tracer.Name.StartsWith("ipcscope", StringComparison.Ordinal))];
    }

    var workloads = Catalogue.Open(settings, complaints);
    try
    {
        if (settings.Parts.Contains("calls"))
        {
            var rounds = new Rounds(settings, workloads, tracers);
            rounds.Run();
            results = results with { Discarded = rounds.Discarded, Comparisons = rounds.Compare() };
            rounds.Complaints.ToList().ForEach(complaint => complaints.Add(complaint.Key, complaint.Value));
        }

        if (settings.Parts.Contains("host") && hasOurs)
        {
            var host = new HostCost(settings);
            results = results with { Startup = host.MeasureStartup(complaints), Loads = host.MeasureLoads(complaints) };
        }
    }
    finally
    {
        workloads.ToList().ForEach(workload => workload.Dispose());
    }

    results = results with { Verdicts = Targets.Judge(results) };
    results.Save(settings.Path("results.json"));
    Report.Print(results, workloads, tracers);
    return 0;
}
