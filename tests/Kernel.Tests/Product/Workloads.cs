namespace Ipcscope.KernelTests.Product;

/// <summary>Several workloads and their truth together.</summary>
internal static class Workloads
{
    /// <summary>Runs scenarios one after the other.</summary>
    /// <returns>Their truth, without what no page and no trace line tells.</returns>
    internal static SortedDictionary<string, Figures> Perform(params ReadOnlySpan<string> scenarios)
    {
        SortedDictionary<string, Figures> truth = new(StringComparer.Ordinal);
        foreach (string scenario in scenarios)
        {
            foreach ((string key, Figures figures) in Workload.Perform(Workload.Native, scenario))
            {
                truth.Add(key, figures with { Truncated = 0 });
            }
        }
        return truth;
    }

    /// <summary>Fails unless an agent counts all that scenarios do.</summary>
    internal static void AssertCounted(RunningAgent agent, params ReadOnlySpan<string> scenarios)
    {
        SortedDictionary<string, Figures> truth = Perform(scenarios);
        AssertEqual(truth, Eventually.Get<SortedDictionary<string, Figures>>(
            () => new(agent.Scrape().Observed(Workload.ProcessName).Where(line => truth.ContainsKey(line.Key)).ToDictionary(), StringComparer.Ordinal),
            truth.SequenceEqual));
    }

    /// <summary>Fails unless both are the same, and says what differs.</summary>
    internal static void AssertEqual(SortedDictionary<string, Figures> truth, SortedDictionary<string, Figures> observed, string lost = "")
    {
        Assert.NotEmpty(truth);
        string[] differences =
        [
            .. truth.Except(observed).Select(line => $"truth    {line}"),
            .. observed.Except(truth).Select(line => $"observed {line}"),
        ];
        Assert.True(differences.Length == 0, $"lost: {lost}\n{string.Join('\n', differences)}");
    }
}
