using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Filters;

public sealed class FilterPlanTests
{
    private static FilterPlan Plan(string text, FilterSelection? selection = null)
    {
        Assert.True(FilterParser.TryParse(text, FilterScopes.Operation, out FilterExpression? filter, out FilterError? error), $"{text}: {error}");
        return FilterPlan.Create(filter, selection ?? FilterSelection.None);
    }

    [Theory]
    [InlineData("", "kernel: everything passes")]
    [InlineData("pid = 5", "kernel: pid = 5")]
    [InlineData("pid = 5 or pid in (6, 7)", "kernel: pid = 5 or pid in (6, 7)")]
    [InlineData("pid != 5", "agent:  pid != 5")]
    [InlineData("pid > 5", "agent:  pid > 5")]
    [InlineData("pid = 0", "agent:  pid = 0")]
    [InlineData("process in (a, b)", "kernel: process in (a, b)")]
    [InlineData("process in (1, 2, 3, 4, 5, 6, 7, 8)", "kernel: process in (1, 2, 3, 4, 5, 6, 7, 8)")]
    [InlineData("process in (1, 2, 3, 4, 5, 6, 7, 8, 9)", "agent:  process in (1, 2, 3, 4, 5, 6, 7, 8, 9)")]
    [InlineData("process ~ redis", "agent:  process ~ redis")]
    [InlineData("process = \uFFFD", "agent:  process = \uFFFD")]
    [InlineData("process = a or pid = 1", "agent:  process = a or pid = 1")]
    [InlineData("mechanism != pipe and operation ~ ^re", "kernel: mechanism != pipe|kernel: operation ~ ^re")]
    [InlineData("mechanism = pipe and mechanism = unix", "kernel: mechanism = pipe|agent:  mechanism = unix")]
    [InlineData("duration > 5ms and duration >= 1ms", "kernel: duration > 5ms|kernel: duration >= 1ms")]
    [InlineData("duration < 5ms", "agent:  duration < 5ms")]
    [InlineData("not duration < 5ms", "kernel: duration >= 5ms")]
    [InlineData("error != \"\"", "kernel: error != \"\"")]
    [InlineData("not error = \"\"", "kernel: error != \"\"")]
    [InlineData("error = EPIPE", "kernel: error != \"\"|agent:  error = EPIPE")]
    [InlineData("error ~ ^E", "kernel: error != \"\"|agent:  error ~ ^E")]
    [InlineData("error = \"\"", "agent:  error = \"\"")]
    [InlineData("mechanism in (pipe, unix) and process ~ \"^redis\" and duration > 5ms and (size > 1 or not error = \"\")",
        "kernel: mechanism in (pipe, unix)|agent:  process ~ ^redis|kernel: duration > 5ms|agent:  size > 1 or error != \"\"")]
    [InlineData("not (mechanism = pipe or process = a)", "kernel: mechanism != pipe|agent:  process != a")]
    public void TheKernelTestsWhatItCan(string text, string explanation) => Assert.Equal(explanation.Split('|'), Plan(text).Explanation);

    [Fact]
    public void TheKernelIsToldExactly()
    {
        KernelFilter kernel = Plan("pid in (7, 5) and process = a and mechanism != pipe and operation = send and duration > 5ms and error != \"\"").Kernel;
        Assert.Equal([7u, 5u], kernel.Pids);
        Assert.Equal(["a"], kernel.Names);
        Assert.Equal(Enum.GetValues<Mechanism>().Where(mechanism => mechanism > Mechanism.Pipe), kernel.Mechanisms);
        Assert.Equal([Operation.Send], kernel.Operations);
        Assert.Equal(5_000_001ul, kernel.MinimumDurationNs);
        Assert.True(kernel.ErrorsOnly);
        Assert.False(kernel.OnlyWatched);
        Assert.False(kernel.FollowChildren);
    }

    [Fact]
    public void ASelectionNarrowsAFilter()
    {
        FilterPlan plan = Plan("pid in (1, 2) and process in (a, b) and mechanism != pipe", new() { Pids = [2, 3], Names = ["b", "c"], Mechanisms = [Mechanism.Pipe, Mechanism.Tcp] });
        Assert.Equal([2u], plan.Kernel.Pids);
        Assert.Equal(["b"], plan.Kernel.Names);
        Assert.Equal([Mechanism.Tcp], plan.Kernel.Mechanisms);
        Assert.Null(plan.Remainder);
    }

    // An empty list means no limit to the kernel.
    [Fact]
    public void ASelectionThatContradictsTheFilterLetsNothingThrough()
    {
        FilterPlan plan = Plan("pid = 1", new() { Pids = [2] });
        Assert.Equal([2u], plan.Kernel.Pids);
        Assert.Equal("pid = 1", plan.Remainder!.ToString());
    }

    [Fact]
    public void ChildrenOfAProcessAreNotLeftOutByItsNumber()
    {
        FilterPlan plan = Plan("pid = 9 and mechanism = pipe", new() { Pids = [5], FollowChildren = true });
        Assert.Equal([5u], plan.Kernel.Pids);
        Assert.True(plan.Kernel.FollowChildren);
        Assert.Equal("pid = 9", plan.Remainder!.ToString());
        Assert.Equal(["kernel: process 5 and all children", "agent:  pid = 9", "kernel: mechanism = pipe"], plan.Explanation);
    }

    [Fact]
    public void ACommandIsWatchedBesideWhatIsSelected()
    {
        FilterPlan plan = Plan("pid = 9", new() { OnlyWatched = true, FollowChildren = true });
        Assert.Empty(plan.Kernel.Pids);
        Assert.True(plan.Kernel.OnlyWatched);
        Assert.Equal(["kernel: the command and all children", "agent:  pid = 9"], plan.Explanation);
    }

    [Fact]
    public void MoreNamesThanTheKernelTakesAreLeftToTheAgent()
    {
        string[] names = [.. Enumerable.Range(0, 9).Select(number => $"p{number}")];
        FilterPlan plan = Plan("", new() { Names = names });
        Assert.Empty(plan.Kernel.Names);
        Assert.True(plan.Remainder!.Matches(new FakeSubject { Process = "p8" }));
        Assert.False(plan.Remainder.Matches(new FakeSubject { Process = "p9" }));
    }
}
