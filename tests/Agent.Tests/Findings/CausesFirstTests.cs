using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Findings;

public sealed class CausesFirstTests
{
    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(2, 3, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(1, 3, 2)]
    [InlineData(1, 2, 3)]
    public void AChainBeginsWithItsCauseWhateverTheAges(ulong first, ulong second, ulong third) => // 12 waits for 11, and 11 for 10, who waits for 9, who does not wait
        Assert.Equal([10u, 11, 12], Pids([Wait(10, first, 9), Wait(11, second, 10), Wait(12, third, 11)]));

    [Fact]
    public void TheLongestComesFirstOtherwise() =>
        Assert.Equal([12u, 10, 11], Pids([Wait(10, 2, 9), Wait(11, 1, 9), Wait(12, 3, 8)]));

    [Fact]
    public void ACircleEnds() =>
        Assert.Equal([10u, 11, 12], Pids([Wait(10, 1, 11), Wait(11, 2, 10), Wait(12, 3, 11)]));

    private static IEnumerable<uint> Pids(IEnumerable<Wait> waits) => CausesFirst.Order(waits).Select(wait => wait.Call.Pid);

    private static Wait Wait(uint pid, ulong age, uint forWhom) => new(
        new CallInProgress
        {
            Flow = new FlowKey(new ProcessKey(1, pid, 0), new ChannelKey(pid, 0, 0), Mechanism.Pipe, Operation.Write),
            Tid = pid,
            Name = "a",
            Channel = "pipe",
            Info = default,
            Begin = 0,
            Age = age,
        },
        [new Party(forWhom, 0, "b", PartyRole.Reader, Certainty.Exact, "sleeps")],
        IsClosed: false);
}
