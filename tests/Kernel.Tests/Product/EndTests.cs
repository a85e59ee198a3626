namespace Ipcscope.KernelTests.Product;

/// <summary>However <c>run</c> ends, it is quick and leaves nothing behind.</summary>
[Collection(nameof(ProductGroup))]
public sealed class EndTests
{
    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Interrupt)]
    public void ASignalEndsItWithinASecond(int signal)
    {
        using RunningAgent agent = new();
        HashSet<int> programs = Attached.Of(agent.Pid);
        (int status, TimeSpan time) = agent.End(signal);
        Assert.Equal(0, status);
        Assert.True(time < TimeSpan.FromSeconds(1), $"it took {time}");
        Assert.Contains("detached in", agent.Log, StringComparison.Ordinal);
        Attached.AssertGone(programs);
    }

    [Fact]
    public void NothingStaysAttachedAfterKill()
    {
        using RunningAgent agent = new();
        HashSet<int> programs = Attached.Of(agent.Pid);
        Assert.Equal(128 + Signals.Kill, agent.End(Signals.Kill).Status);
        Attached.AssertGone(programs);
    }
}
