using System.Diagnostics;

namespace Ipcscope.KernelTests;

[Collection(nameof(Captures))]
public sealed class ScenarioTests(Captures captures)
{
    public static TheoryData<string, string> Scenarios
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string binary in (string[])[Workload.Native, Workload.Compat])
            {
                foreach (string scenario in Workload.Scenarios(binary))
                {
                    data.Add(binary, scenario);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void BothPathsTellTheTruth(string binary, string scenario)
    {
        // Start times are of CLOCK_BOOTTIME, which is CLOCK_MONOTONIC on a machine that never slept.
        ulong since = (ulong)Stopwatch.GetTimestamp();
        SortedDictionary<string, Figures> truth = Workload.Perform(binary, scenario);
        AssertEqual(truth, Observation.Read(captures.Counting, since, Workload.ProcessName), "counting path");
        AssertEqual(truth, Observation.Read(captures.Events, since, Workload.ProcessName), "event path");
    }

    // Says what differs, line by line: the collections' own comparison cuts it off.
    private static void AssertEqual(
        SortedDictionary<string, Figures> truth, SortedDictionary<string, Figures> observed, string path)
    {
        string[] differences =
        [
            .. truth.Where(line => !observed.TryGetValue(line.Key, out Figures seen) || seen != line.Value)
                .Select(line => $"truth    {line.Key} {line.Value}"),
            .. observed.Where(line => !truth.TryGetValue(line.Key, out Figures real) || real != line.Value)
                .Select(line => $"observed {line.Key} {line.Value}"),
        ];
        Assert.True(differences.Length == 0, $"{path} differs:\n{string.Join('\n', differences)}");
    }
}
