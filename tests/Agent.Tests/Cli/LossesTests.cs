using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Cli;

public sealed class LossesTests
{
    [Fact]
    public void Nothing_lost_is_said() => Assert.Equal("0 lost", new Losses([new("ring", "ring_full", 0)]).Describe());

    [Fact]
    public void Causes_are_named_and_details_are_no_losses()
    {
        var losses = new Losses(
            [new("ring", "ring_full", 1_035), new("output", "consumer_slow", 2), new("hook", "missed_entry", 4), new("hook", "thread_slot", 1), new("hook", "unreadable", 7), new("identity", "unreadable_path", 9)]);
        Assert.Equal("1,038 lost (1,035 ring full, 2 consumer slow, 1 thread slot), 4 not timed, 7 of unknown size", losses.Describe());
        Assert.Equal(1_038UL, losses.Lost);
    }

    [Theory]
    [InlineData(Loss.RingFull, true)]
    [InlineData(Loss.FlowTableFull, false)]
    [InlineData(Loss.ChannelFull, false)]
    [InlineData(Loss.ErrorFull, false)]
    [InlineData(Loss.ThreadSlot, true)]
    [InlineData(Loss.MissedEntry, false)]
    [InlineData(Loss.MissedExit, true)]
    [InlineData(Loss.Unreadable, false)]
    [InlineData(Loss.QueueTableFull, false)]
    [InlineData(Loss.RingFullFlow, false)]
    [InlineData(Loss.RingFullProcess, false)]
    public void Every_cause_of_the_contract_is_known(Loss cause, bool losesOperations)
    {
        string name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{cause}");
        Assert.Equal(losesOperations ? 3UL : 0, new Losses([new("hook", name, 3)]).Lost);
    }

    [Fact]
    public void The_summary_is_as_in_the_contract() => Assert.Equal(
        "18,442 operations in 12.4 s, 0 lost, 0.7 % of one CPU, detached in 38 ms",
        Summary.Describe(18_442, TimeSpan.FromSeconds(12.4), TimeSpan.FromMilliseconds(87), TimeSpan.FromMilliseconds(38), new Losses([])));

    [Fact]
    public void One_operation_is_no_plural() => Assert.StartsWith(
        "1 operation in 0, 0 lost, 0.0 % ", Summary.Describe(1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, new Losses([])), StringComparison.Ordinal);

    [Fact]
    public void What_no_cause_explains_is_said() => Assert.Equal(
        "2 lost (2 ring full), 3 unexplained at the ring, -1 unexplained at the output",
        new Losses([new("ring", "ring_full", 2)], [new("table", 5, 4, 1), new("ring", 10, 5, 2), new("output", 4, 5, 0)]).Describe());

    [Fact]
    public void Programs_read_the_whole_ledger() => Assert.Equal(
        """{"schema":1,"kind":"summary","operations":8,"duration_seconds":2,"own_cpu_seconds":0.1,"detach_seconds":0.038,"lost":2,"losses":{"ring_full":2,"missed_entry":1},"stages":{"ring":{"seen":10,"counted":8,"lost":2}}}""",
        Summary.Object(
            8, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(38),
            new Losses([new("ring", "ring_full", 2), new("hook", "missed_entry", 1), new("table", "error_full", 0)], [new("ring", 10, 8, 2)])));

    [Fact]
    public void Every_cause_is_explained_once()
    {
        string[] rows = [.. File.ReadLines(Repository.Path("docs/losses.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|')[2].StartsWith(" `", StringComparison.Ordinal))];
        Assert.Equal(
            LossCause.All.Select(cause => $"| `{cause.Stage}` | `{cause.Name}` "),
            rows.Select(row => string.Join('|', row.Split('|')[..3])));
    }
}
