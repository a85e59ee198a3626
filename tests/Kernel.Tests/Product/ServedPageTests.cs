using System.Net;
using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Product;

/// <summary>What <c>/metrics</c> says of the agent itself, and to the tools of Prometheus.</summary>
[Collection(nameof(ProductGroup))]
public sealed class ServedPageTests
{
    [Fact]
    public void TheAgentTellsOfItself()
    {
        using RunningAgent agent = new("aggregation: { maxFlows: 4096 }");
        MetricsPage page = agent.Scrape();
        Assert.Equal(
            LossCause.All.Select(cause => $"{cause.Stage}/{cause.Name}").Order(),
            page.Named("ipcscope_lost_total").Select(sample => $"{sample["stage"]}/{sample["cause"]}").Order());
        Assert.Equal(["edges", "identity", "output", "table"], page.Named("ipcscope_seen_total").Select(sample => sample["stage"]).Order());
        Assert.Equal(["edges", "identity", "output", "table"], page.Named("ipcscope_counted_total").Select(sample => sample["stage"]).Order());
        Assert.InRange(page.Named("ipcscope_flows").Single().Value, 0, 4096);
        Assert.InRange(page.Named("ipcscope_flows_limit").Single().Value, 4000, 4096);
        Assert.Equal(1, page.Named("ipcscope_build_info").Single().Value);
        Assert.True(page.Named("ipcscope_cpu_seconds_total").Single().Value > 0);
        MetricSample[] probes = [.. page.Named("ipcscope_probe_attached")];
        Assert.Equal(Attached.TracingOf(agent.Pid).Count, probes.Length);
        Assert.All(probes, probe => Assert.Equal(1, probe.Value));
        string[] programs = [.. probes.Select(probe => probe["program"]).Order()];
        Assert.Equal(programs, page.Named("ipcscope_program_skipped_total").Select(sample => sample["program"]).Order());
    }

    [Fact]
    public void PromtoolHasNothingToSay()
    {
        using RunningAgent agent = new();
        Workloads.Perform("pipe/nonblock", "unix-stream/epipe");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, agent.Page());
            Outcome outcome = Binary.Script($"promtool check metrics < {file}").AssertStatus(0);
            Assert.Equal("", outcome.Output + outcome.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void No_folder_is_watched()
    {
        using RunningAgent agent = new();
        Assert.DoesNotContain(new DirectoryInfo($"/proc/{agent.Pid}/fd").EnumerateFiles(), file => file.LinkTarget == "anon_inode:inotify");
    }

    [Fact]
    public void ItLivesAndIsReady()
    {
        using RunningAgent agent = new();
        Assert.Equal(HttpStatusCode.OK, agent.Status("/livez"));
        Assert.Equal(HttpStatusCode.OK, agent.Status("/readyz"));
        Assert.Equal(HttpStatusCode.NotFound, agent.Status("/nothing"));
    }
}
