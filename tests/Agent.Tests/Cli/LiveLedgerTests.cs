using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Config;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Cli;

[Collection(MetricsServerCollection.Name)]
public sealed class LiveLedgerTests
{
    private const string Rest = "ipcscope_lost_total{otel_scope_name=\"ipcscope\",stage=\"ring\",cause=\"ring_full\"} 4 1700000000000\nipcscope_lost_total{stage=\"hook\",cause=\"missed_exit\"} 1\n";

    private static LedgerLook Look(ulong seen, ulong counted, ulong lost) => new(new AgentPage(
        $"# TYPE ipcscope_seen_total counter\nipcscope_seen_total{{stage=\"table\"}} {seen}\nipcscope_counted_total{{stage=\"table\"}} {counted}\nipcscope_lost_total{{stage=\"table\",cause=\"flow_table_full\"}} {lost}\n{Rest}"));

    private static IReadOnlyList<LedgerStage> Compare(LedgerLook first, LedgerLook second) => LedgerStage.Compare(first, second, 2, 2);

    [Fact]
    public void Stages_are_in_the_order_of_the_pipeline_with_their_rates()
    {
        IReadOnlyList<LedgerStage> stages = Compare(Look(1_000, 990, 10), Look(3_000, 2_950, 50));
        Assert.Equal(["hook", "table", "ring"], stages.Select(stage => stage.Stage));
        Assert.Equal((1UL, 50UL, 4UL), (stages[0].Lost, stages[1].Lost, stages[2].Lost));
        Assert.Equal((1_000.0, 0L, 20.0), (stages[1].SeenPerSecond, stages[1].Unexplained, stages[1].Causes.Single().PerSecond));
        Assert.Equal(
            [
                "STAGE   SEEN  PER SECOND  COUNTED  LOST  UNEXPLAINED  CAUSES",
                "hook       -           -        -     1            -  1 missed exit",
                "table  3,000       1.0 k    2,950    50            0  50 flow table full (20/s)",
                "ring       -           -        -     4            -  4 ring full",
            ],
            LedgerReport.Lines(stages, 200, Styles.None));
        Assert.Equal(
            """{"schema":1,"kind":"stage","stage":"table","seen":3000,"counted":2950,"unexplained":0,"seen_per_second":1000,"lost":50,"losses":{"flow_table_full":{"count":50,"per_second":20}}}""",
            LedgerReport.Object(stages[1]));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 1, 0)] // under way
    [InlineData(9, -9, 0)] // another one each time
    [InlineData(9, 0, 0)]
    [InlineData(7, 9, 7)]
    [InlineData(-9, -8, -8)]
    public void What_no_cause_explains_stays(int first, int second, long unexplained) =>
        Assert.Equal(unexplained, Compare(Look(100, (ulong)(90 - first), 10), Look(200, (ulong)(180 - second), 20))[1].Unexplained);

    [Fact]
    public async Task A_running_agent_is_asked_for_its_ledger()
    {
        var source = new FakeFlows { Losses = [.. LossCause.All.Where(cause => cause.Stage is not (Stages.Output or Stages.Edges)).Select(cause => cause.Of(0))] };
        await using MetricsServer server = await MetricsServer.StartAsync(source);
        Typed typed = Typed.Run(new Seams(), "doctor", "--live", "--address", $"127.0.0.1:{server.Address.Port}");
        Assert.Equal(["STAGE     SEEN  PER SECOND  COUNTED  LOST  UNEXPLAINED  CAUSES", "hook         -           -        -     0            -", "table       10           0        8     2            0  2 flow table full"], typed.OutputLines[..3]);
        Assert.Equal($"ipcscope at 127.0.0.1:{server.Address.Port}: seen = counted + lost at every stage\n", typed.Error);
        Assert.Equal(ExitStatus.Success, typed.Status);
        source.Stages = [new("table", 100, 8, 2)];
        await using MetricsServer other = await MetricsServer.StartAsync(source); // a page is kept for a moment
        typed = Typed.Run(new Seams(), "doctor", "--live", "--address", $"127.0.0.1:{other.Address.Port}");
        Assert.Contains("lost without a cause at table", typed.Error, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failed, typed.Status);
    }

    [Fact]
    public void Who_is_not_there_cannot_be_asked()
    {
        Typed typed = Typed.Run(new Seams(), "doctor", "--live", "--address", "127.0.0.1:1");
        Assert.StartsWith("ipcscope: no agent answers at 127.0.0.1:1: ", typed.Error, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failed, typed.Status);
        Assert.Contains("found \"nowhere\"; allowed: an address and a port", Typed.Run(new Seams(), "doctor", "--live", "--address", "nowhere").Error, StringComparison.Ordinal);
    }
}
