namespace Ipcscope.KernelTests.Product;

/// <summary>What <c>run</c> serves is what workloads did.</summary>
[Collection(nameof(ProductGroup))]
public sealed class RunCountsTests
{
    private static readonly string[] Scenarios =
        ["pipe/readwrite", "unix-stream/sendmsg", "tcp4/sendmmsg", "pipe/nonblock", "pipe/epipe", "tcp4/econnrefused", "udp4/peek"];

    [Theory]
    [InlineData("kernel")]
    [InlineData("ring")]
    public void ThePageTellsTheTruth(string mode)
    {
        // Without the filter the ring would have to take what the rest of the machine does.
        using RunningAgent agent = new($"aggregation: {{ mode: {mode} }}\nfilter: process = {Workload.ProcessName}");
        SortedDictionary<string, Figures> truth = Workloads.Perform(Scenarios);
        Workloads.AssertEqual(truth, Eventually.Get(() => agent.Scrape().Observed(Workload.ProcessName), truth.SequenceEqual), Lost(agent));
        // It is not right for a moment only, on the way to too much.
        Thread.Sleep(200);
        MetricsPage page = agent.Scrape();
        Workloads.AssertEqual(truth, page.Observed(Workload.ProcessName), Lost(agent));
        AssertHistograms(page, truth);
    }

    private static string Lost(RunningAgent agent) => string.Join(' ',
        agent.Scrape().Named("ipcscope_lost_total").Where(lost => lost.Value > 0).Select(lost => $"{lost["cause"]}={lost.Value}"));

    // Calls of sendmmsg and recvmmsg, here on tcp and udp alone, are timed once, and count once for each message.
    private static void AssertHistograms(MetricsPage page, SortedDictionary<string, Figures> truth)
    {
        const string Family = "ipc_operation_duration_seconds";
        int compared = 0;
        foreach (MetricSample count in page.Named($"{Family}_count").Where(sample => sample["process"] == Workload.ProcessName))
        {
            string key = new Key(uint.Parse(count["pid"]), 0, count["mechanism"], count["operation"]).ToString();
            double[] buckets = [.. page.Named($"{Family}_bucket")
                .Where(bucket => count.Labels.All(label => bucket[label.Key] == label.Value)).Select(bucket => bucket.Value)];
            Assert.Equal(count.Value, buckets[^1]);
            Assert.Equal(buckets.Order(), buckets);
            if (count["mechanism"] is "pipe" or "unix")
            {
                Assert.Equal(truth[key].Operations, count.Value);
                compared++;
            }
            else
            {
                Assert.InRange(count.Value, 1, truth[key].Operations);
            }
        }
        Assert.True(compared >= 8, $"only {compared} histograms were compared");
    }
}
