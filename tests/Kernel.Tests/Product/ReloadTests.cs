namespace Ipcscope.KernelTests.Product;

/// <summary>SIGHUP gives the daemon new settings.</summary>
[Collection(nameof(ProductGroup))]
public sealed class ReloadTests
{
    [Fact]
    public void GoodSettingsAreTaken()
    {
        using RunningAgent agent = new("aggregation: { maxFlows: 1024 }");
        HashSet<int> before = Attached.Of(agent.Pid);
        agent.Configure("aggregation: { maxFlows: 2048 }");
        Signals.Send(agent.Pid, Signals.HangUp);
        double limit = Eventually.Get(() => Limit(agent), limit => limit > 1024);
        Assert.InRange(limit, 1900, 2048);
        Workloads.AssertCounted(agent, "pipe/vector");
        Attached.AssertGone(before);
        HashSet<int> after = Attached.Of(agent.Pid);
        Assert.Equal(0, agent.End(Signals.Terminate).Status);
        Attached.AssertGone(after);
    }

    [Fact]
    public void BadSettingsLeaveTheOldOnesAtWork()
    {
        using RunningAgent agent = new("aggregation: { maxFlows: 1024 }");
        HashSet<int> before = Attached.TracingOf(agent.Pid);
        agent.Configure("aggregation: { maxFlows: 2048, mode: fast }");
        Signals.Send(agent.Pid, Signals.HangUp);
        string log = Eventually.Get(() => agent.Log, log => log.Contains("old settings stay", StringComparison.Ordinal));
        Assert.Contains($"{agent.ConfigFile}:3:38: aggregation.mode: found \"fast\"; allowed: kernel, ring", log, StringComparison.Ordinal);
        Assert.InRange(Limit(agent), 900, 1024);
        Assert.Equal(before, Attached.TracingOf(agent.Pid));
        Workloads.AssertCounted(agent, "pipe/vector");
    }

    // -1: it answers nobody while it changes over.
    private static double Limit(RunningAgent agent)
    {
        try
        {
            return agent.Scrape().Named("ipcscope_flows_limit").Single().Value;
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }
}
