namespace Bench;

/// <summary>The tables on standard output.</summary>
internal static class Report
{
    public static void Print(Results results, IReadOnlyList<Workload> workloads, IReadOnlyList<Tracer> tracers)
    {
        Console.WriteLine($"Linux {results.Kernel}, {results.Cpus} CPUs, load average {results.LoadAverage:0.0} before, {results.Rounds} rounds of {results.ChunkMs} ms; "
            + "nanoseconds per unit, medians of pairs with quartiles");
        Console.WriteLine(string.Join("; ", results.Tools));
        foreach (var workload in workloads)
        {
            PrintWorkload(results, workload, tracers);
        }

        if (results.Discarded > 0)
        {
            Console.WriteLine($"\n{results.Discarded} pairs thrown away: another tracer ran beside them");
        }

        PrintHost(results);
        foreach (var (what, why) in results.Complaints)
        {
            Console.WriteLine($"\nnot measured: {what}: {why}");
        }

        Console.WriteLine(results.Verdicts.Count > 0 ? "\ntargets" : "");
        foreach (var verdict in results.Verdicts)
        {
            Console.WriteLine($"  {(verdict.Reached ? "reached    " : "NOT reached")}  {verdict.Target}: "
                + $"{verdict.Figure:#,0.##} {verdict.Unit} (target ≤ {verdict.Limit:0.##}{(verdict.Note.Length > 0 ? $"; {verdict.Note}" : "")})");
        }
    }

    private static void PrintWorkload(Results results, Workload workload, IReadOnlyList<Tracer> tracers)
    {
        var rows = tracers.Select(tracer => (tracer, result: results.Find(workload.Name, tracer.Name))).ToList();
        var untraced = rows.Where(row => row.result is not null).Select(row => row.result!.Untraced).ToList();
        if (untraced.Count == 0)
        {
            return;
        }

        Console.WriteLine($"\n{workload.Name}: {workload.Description}; untraced {Quartiles.Of(untraced).Median:N0} ns per {workload.Unit}");
        Console.WriteLine($"  {"",-42}{"traced",10}{"added",10}  {"quartiles",-21}{"by minima",10}{"ratio",9}{"of floor",10}{"pairs",7}");
        foreach (var (tracer, result) in rows)
        {
            if (result is not null)
            {
                var (low, median, high) = result.Added;
                Console.WriteLine($"  {tracer.Description,-42}{result.Traced,10:N0}{median,10:+#,0;-#,0;0}  {$"{low:+#,0;-#,0;0} … {high:+#,0;-#,0;0}",-21}"
                    + $"{result.AddedByMinima,10:+#,0;-#,0;0}{result.Ratio,8:0.00}×{(result.OfFloor is { } share ? $"{share:0.00}×" : ""),10}{result.Pairs,7}");
            }
        }
    }

    private static void PrintHost(Results results)
    {
        if (results.Startup is { } startup)
        {
            Console.WriteLine($"\nstart: first program attached after {startup.First:N0} ms, the last after {startup.All:N0} ms; "
                + $"detached {startup.Detach:N0} ms after SIGTERM");
        }

        if (results.Loads.Count > 0)
        {
            Console.WriteLine($"\n{"ipcscope itself",-50}{"calls/s",12}{"CPU %",8}{"MiB",7}{"performed",13}{"counted",13}  lost");
        }

        foreach (var load in results.Loads)
        {
            var lost = load.Lost.Count == 0 ? "nothing" : string.Join(", ", load.Lost.Select(loss => $"{loss.Key} {loss.Value:N0}"));
            Console.WriteLine($"{load.Name,-50}{load.Rate,12:N0}{load.CpuPercent,8:0.0}{load.ResidentMb,7:0.0}{load.Performed,13:N0}"
                + $"{load.Counted,13:N0}  {lost}{(load.Words.Length > 0 ? $" ({load.Words})" : "")}");
        }
    }
}
