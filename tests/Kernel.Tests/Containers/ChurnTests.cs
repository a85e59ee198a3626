using System.Globalization;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Containers;

/// <summary>Five hundred containers come and go: each is counted exactly, and none leaves anything behind. CHURN_CONTAINERS is another number. (The agent knows every variable that begins with IPCSCOPE_, and refuses others.)</summary>
[Collection(nameof(ProductGroup))]
public sealed class ChurnTests
{
    private const int Batch = 50;
    private const int Many = 200;
    private const long MostGrown = 24 << 10; // KiB: what a start has not grown yet after half of them. A thousand end at the level of five hundred, 95 MB

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("CHURN_CONTAINERS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 500;

    [Fact]
    public void Every_container_is_counted_and_no_series_stays()
    {
        using RunningAgent agent = new("aggregation: { idleExpiry: 10s }", labels: "process, container, pod");
        Dictionary<string, double> seen = [];
        long halfway = 0;
        for (int number = 100; number < 100 + Count; number += Batch)
        {
            TestContainer[] containers = [.. Enumerable.Range(number, Batch).Select(each => new TestContainer(each))];
            Parallel.ForEach(containers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, container => container.Run("(echo 1; echo 2; echo 3) | cat > /dev/null"));
            HashSet<string> pods = [.. containers.Select(container => container.Pod)];
            // Series stay for ten seconds behind the end of their processes: there is time to see them.
            MetricSample[] writes = Eventually.Get(
                () => agent.Scrape().Named("ipc_operations_total").Where(sample => sample["mechanism"] == "pipe" && sample["operation"] == "write" && pods.Contains(sample["pod"])).ToArray(),
                found => found.Sum(sample => sample.Value) == 3 * Batch);
            foreach (MetricSample write in writes)
            {
                seen[write["pod"]] = seen.GetValueOrDefault(write["pod"]) + write.Value;
            }
            foreach (TestContainer container in containers)
            {
                container.Dispose();
            }
            halfway = number >= 100 + (Count / 2) && halfway == 0 ? Resident(agent) : halfway;
        }
        Assert.Equal(Count, seen.Count);
        Assert.All(seen.Values, writes => Assert.Equal(3, writes));
        Assert.Empty(Eventually.Get(() => agent.Scrape().Samples.Where(sample => sample["pod"].Length > 0).ToArray(), left => left.Length == 0, TimeSpan.FromSeconds(40)));
        if (Count >= Many) // a few grow what every start grows
        {
            Assert.InRange(Resident(agent), 0, halfway + MostGrown);
        }
    }

    private static long Resident(RunningAgent agent) => long.Parse(
        File.ReadLines($"/proc/{agent.Pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
