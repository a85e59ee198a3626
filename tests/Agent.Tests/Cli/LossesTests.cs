using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Cli;

public sealed class LossesTests
{
    [Fact]
    public void Nothing_lost_is_said() => Assert.Equal("0 lost", new Losses([new("kernel", "ring_full", 0)]).Describe());

    [Fact]
    public void Causes_are_named_and_details_are_no_losses()
    {
        var losses = new Losses(
            [new("kernel", "ring_full", 1_035), new("export", "output_blocked", 2), new("kernel", "missed_entry", 4), new("kernel", "thread_slot", 1), new("kernel", "unreadable", 7)]);
        Assert.Equal("1,037 lost (1,035 ring full, 2 output blocked), 5 not timed, 7 of unknown size", losses.Describe());
        Assert.Equal(1_037UL, losses.Lost);
    }

    [Theory]
    [InlineData(Loss.RingFull, true)]
    [InlineData(Loss.FlowTableFull, false)]
    [InlineData(Loss.ChannelFull, false)]
    [InlineData(Loss.ErrorFull, false)]
    [InlineData(Loss.ThreadSlot, false)]
    [InlineData(Loss.MissedEntry, false)]
    [InlineData(Loss.MissedExit, true)]
    [InlineData(Loss.Unreadable, false)]
    public void Every_cause_of_the_contract_is_known(Loss cause, bool losesOperations)
    {
        string name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{cause}");
        Assert.Equal(losesOperations ? 3UL : 0, new Losses([new("kernel", name, 3)]).Lost);
    }

    [Fact]
    public void The_summary_is_as_in_the_contract() => Assert.Equal(
        "18,442 operations in 12.4 s, 0 lost, 0.7 % of one CPU, detached in 38 ms",
        Summary.Describe(18_442, TimeSpan.FromSeconds(12.4), TimeSpan.FromMilliseconds(87), TimeSpan.FromMilliseconds(38), new Losses([])));

    [Fact]
    public void One_operation_is_no_plural() => Assert.StartsWith(
        "1 operation in 0, 0 lost, 0.0 % ", Summary.Describe(1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, new Losses([])), StringComparison.Ordinal);
}
