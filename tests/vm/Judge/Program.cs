using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.KernelTests;
using Ipcscope.KernelTests.Judge;

// judge AGENT WORKLOADS TABLES SCENARIOS CONFIGURATION SHARD SHARDS: performs each scenario that is this shard's, and prints a line for each:
// "result passed|told|FAILED|absent FAMILY BINARY/SCENARIO SECONDS", and what differs on lines that begin with "|". TABLES: the folder of absent (patterns of
// scenarios whose calls a kernel does not have), costs and attachments. Told: not exact, and the capture has said so.
if (args is not [string agent, string folder, string tables, string list, string configuration, string shard, string shards])
{
    Console.Error.WriteLine("judge: usage: judge AGENT WORKLOADS TABLES SCENARIOS CONFIGURATION SHARD SHARDS");
    return 2;
}
Workload.Folder = folder;
BothPaths.Attachment = Configuration.AttachmentOf(configuration);
int own = int.Parse(shard, CultureInfo.InvariantCulture), count = int.Parse(shards, CultureInfo.InvariantCulture);
bool compat = Workload.Runs(Workload.Compat); // some virtual machines execute no 32-bit programs
Family[] families = [.. Family.Read(list)];
(Family Family, string Scenario)[] scenarios =
    [.. families.Where(family => compat || family.Binary != Workload.Compat).SelectMany(family => family.Scenarios().Select(scenario => (family, scenario)))];
foreach (Family family in families.Where(family => own == 0 && !compat && family.Binary == Workload.Compat))
{
    Console.WriteLine($"result absent {family.Name} {family.Binary} 0");
}
string[] absent = [.. File.ReadLines(Path.Combine(tables, "absent")).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
    .Where(words => words is [string suite, ..] && suite == Configuration.SuiteOf(configuration)).SelectMany(words => words[1..])];
int failed = 0;
if (own == 0)
{
    IEnumerable<(string Name, string? Fault)> alone = Configuration.IsWhole(configuration) ? new Privileges(agent, Environment.OSVersion.Version).Perform() : [];
    foreach ((string name, string? fault) in Doctor.Ask(agent, Path.Combine(tables, "attachments"), configuration).Concat(Standing.Perform(folder, compat)).Concat(alone))
    {
        Tell("standing", name, fault);
    }
    string kernel = Configuration.CostsOf(configuration);
    SortedDictionary<string, ProgramCost> real = ProgramCosts.Read(BothPaths.Attachment);
    Dictionary<string, ProgramCost> known = ProgramCosts.Table(Path.Combine(tables, "costs"), kernel);
    // A kernel that nobody has seen yet, or that chooses other programs, is told, and not held against the agent.
    string[] changed = known.Count == 0 ? [$"no kernel {kernel} is in tests/vm/costs"] : [.. ProgramCosts.Changes(real, known)];
    foreach (string line in real.Select(cost => $"cost {kernel} {cost.Key} {cost.Value.Instructions} {cost.Value.Bytes}").Concat(changed.Select(change => $"| new: {change}")))
    {
        Console.WriteLine(line);
    }
    string grown = string.Join("\n| ", ProgramCosts.Growth(real, known));
    Tell("standing", "costs", grown.Length > 0 ? grown : null);
}
BothPaths? paths = null;
try
{
    paths = Start();
    if (paths is null)
    {
        return 1;
    }
    Console.WriteLine($"judge: {scenarios.Length} scenarios in {count} shards, this is {own}");
    for (int i = own; i < scenarios.Length; i += count)
    {
        (Family family, string scenario) = scenarios[i];
        long started = Stopwatch.GetTimestamp();
        (string verdict, string[] faults) = Judge(family.Binary, scenario);
        failed += verdict == "FAILED" ? 1 : 0;
        foreach (string fault in faults)
        {
            Console.WriteLine($"| {fault}");
        }
        Console.WriteLine(
            $"result {verdict} {family.Name} {family.Binary}/{scenario} {Stopwatch.GetElapsedTime(started).TotalSeconds:F1}");
    }
}
finally
{
    paths?.Dispose();
}
if (own == 0)
{
    Tell("standing", "detach", Standing.Detach());
}
return failed == 0 ? 0 : 1;

void Tell(string family, string name, string? fault)
{
    failed += fault is null ? 0 : 1;
    Console.WriteLine(fault is null ? $"result passed {family} {name} 0" : $"| {fault}\nresult FAILED {family} {name} 0");
}

// What the verifier refuses it explains in the last lines of its log.
static BothPaths? Start()
{
    try
    {
        return new BothPaths();
    }
    catch (CaptureException e)
    {
        string log = (e.InnerException as BpfException)?.Log ?? "";
        foreach (string line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(60).Prepend(e.Message))
        {
            Console.WriteLine($"| {line}");
        }
        Console.WriteLine("result FAILED capture start 0");
        return null;
    }
}

(string Verdict, string[] Faults) Judge(string binary, string scenario)
{
    // Start times are of CLOCK_BOOTTIME, which is CLOCK_MONOTONIC on a machine that never slept.
    ulong since = (ulong)Stopwatch.GetTimestamp();
    Dictionary<string, ulong> before = Lost();
    bool isAbsent = absent.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, scenario, ignoreCase: false));
    Workload.Patience = isAbsent ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10); // emulated processors are slow, and slower on a busy machine
    try
    {
        SortedDictionary<string, Figures> truth = Workload.Perform(binary, scenario);
        List<string> faults = [];
        bool told = true;
        foreach ((string path, CaptureSession capture) in Paths())
        {
            SortedDictionary<string, Figures> observed = Observation.Read(capture, since);
            string[] differences = Truth.Differences(truth, observed);
            faults.AddRange(differences.Select(line => $"{path} {line}"));
            told &= differences.Length == 0 || Told.Explains(truth, observed, Skipped(path, before));
        }
        IEnumerable<string> lost = Lost().Where(now => now.Value > before[now.Key]).Select(now => $"lost {now.Key}: {now.Value - before[now.Key]}");
        return faults.Count == 0 ? ("passed", []) : (told ? "told" : "FAILED", [.. faults, .. lost]);
    }
    catch (Exception e) when (e is InvalidOperationException or TimeoutException or ArgumentException)
    {
        return (isAbsent ? "absent" : "FAILED", [e.Message]);
    }
}

// What both captures told they lost, and what the kernel skipped, by name.
Dictionary<string, ulong> Lost() => Paths().SelectMany(path => path.Capture.ReadLosses().Select(loss => ($"{path.Name} {loss.Cause}", loss.Count))
    .Concat(path.Capture.ReadPrograms().Select(program => ($"{path.Name} skipped {program.Name}", program.Skipped)))).ToDictionary(entry => entry.Item1, entry => entry.Item2);

// Runs that the kernel has skipped since then.
ulong Skipped(string path, Dictionary<string, ulong> before) => (ulong)Lost().Where(now => now.Key.StartsWith($"{path} skipped ", StringComparison.Ordinal)).Sum(now => (long)(now.Value - before[now.Key]));

(string Name, CaptureSession Capture)[] Paths() => [("counting", paths!.Counting), ("events", paths!.Events)];
