using System.Diagnostics;

namespace Ipcscope.KernelTests;

[Collection(nameof(Captures))]
public sealed class ScenarioTests(Captures captures)
{
    // One thread reads while another puts a channel of another kind under the same number: what a call meant at its entry
    // is not always what the kernel then used, so only the sum over both kinds is certain.
    private const string RacingKinds = "dup-race-mixed";

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string binary in (string[])[Workload.Native, .. CompatPrograms.Run ? [Workload.Compat] : Array.Empty<string>()])
            {
                foreach (string scenario in Workload.Scenarios(binary).Where(scenario => scenario != RacingKinds && CompatPrograms.Allow(scenario)))
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
        AssertEqual(truth, Observation.Read(captures.Paths.Counting, since), "counting path");
        AssertEqual(truth, Observation.Read(captures.Paths.Events, since), "event path");
    }

    [Fact]
    public void RacingKindsAddUp()
    {
        ulong since = (ulong)Stopwatch.GetTimestamp();
        (ulong, ulong) truth = Sum(Workload.Perform(Workload.Native, RacingKinds));
        Assert.Equal(truth, Sum(Observation.Read(captures.Paths.Counting, since)));
        Assert.Equal(truth, Sum(Observation.Read(captures.Paths.Events, since)));
    }

    private static (ulong Operations, ulong Bytes) Sum(SortedDictionary<string, Figures> lines) =>
        ((ulong)lines.Values.Sum(line => (long)line.Operations), (ulong)lines.Values.Sum(line => (long)line.Bytes));

    private static void AssertEqual(
        SortedDictionary<string, Figures> truth, SortedDictionary<string, Figures> observed, string path)
    {
        string[] differences = Truth.Differences(truth, observed);
        Assert.True(differences.Length == 0, $"{path} differs:\n{string.Join('\n', differences)}");
    }
}
