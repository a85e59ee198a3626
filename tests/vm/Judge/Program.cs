using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.KernelTests;
using Ipcscope.KernelTests.Judge;

// judge WORKLOADS SCENARIOS ABSENT SHARD SHARDS: performs each scenario that is this shard's, and prints a line for each:
// "result passed|FAILED|absent FAMILY BINARY/SCENARIO SECONDS", and what differs on lines that begin with "|". ABSENT: patterns of scenarios
// whose calls this kernel does not have.
if (args is not [string folder, string list, string absences, string shard, string shards])
{
    Console.Error.WriteLine("judge: usage: judge WORKLOADS SCENARIOS ABSENT SHARD SHARDS");
    return 2;
}
Workload.Folder = folder;
Workload.Patience = TimeSpan.FromMinutes(3); // emulated processors are slow
int own = int.Parse(shard, CultureInfo.InvariantCulture), count = int.Parse(shards, CultureInfo.InvariantCulture);
(Family Family, string Scenario)[] scenarios =
    [.. Family.Read(list).SelectMany(family => family.Scenarios().Select(scenario => (family, scenario)))];
string[] absent = [.. File.ReadLines(absences).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
using BothPaths? paths = Start();
if (paths is null)
{
    return 1;
}
Console.WriteLine($"judge: {scenarios.Length} scenarios in {count} shards, this is {own}");
int failed = 0;
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
return failed == 0 ? 0 : 1;

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
    try
    {
        SortedDictionary<string, Figures> truth = Workload.Perform(binary, scenario);
        string[] faults =
        [
            .. Truth.Differences(truth, Observation.Read(paths.Counting, since)).Select(line => $"counting {line}"),
            .. Truth.Differences(truth, Observation.Read(paths.Events, since)).Select(line => $"events   {line}"),
        ];
        IEnumerable<string> lost = Lost().Where(now => now.Value > before[now.Key]).Select(now => $"lost {now.Key}: {now.Value - before[now.Key]}");
        return faults.Length == 0 ? ("passed", faults) : ("FAILED", [.. faults, .. lost]);
    }
    catch (Exception e) when (e is InvalidOperationException or TimeoutException or ArgumentException)
    {
        return (absent.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, scenario, ignoreCase: false)) ? "absent" : "FAILED", [e.Message]);
    }
}

// What both captures told they lost, and what the kernel skipped, by name.
Dictionary<string, ulong> Lost() => new CaptureSession[] { paths.Counting, paths.Events }.SelectMany((capture, i) =>
{
    string path = i == 0 ? "counting" : "events";
    return capture.ReadLosses().Select(loss => ($"{path} {loss.Cause}", loss.Count))
        .Concat(capture.ReadPrograms().Select(program => ($"{path} skipped {program.Name}", program.Skipped)));
}).ToDictionary(entry => entry.Item1, entry => entry.Item2);
