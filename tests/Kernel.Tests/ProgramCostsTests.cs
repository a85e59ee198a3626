namespace Ipcscope.KernelTests;

/// <summary>This machine's kernel; tests/vm does the same for others.</summary>
public sealed class ProgramCostsTests
{
    private const uint Limit = 1_000_000; // BPF_COMPLEXITY_LIMIT_INSNS, include/linux/bpf_verifier.h

    [Fact]
    public void NoProgramHasGrown()
    {
        Version version = Environment.OSVersion.Version;
        Dictionary<string, ProgramCost> table = ProgramCosts.Table(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../vm/costs")), $"{version.Major}.{version.Minor}");
        SortedDictionary<string, ProgramCost> costs = ProgramCosts.Read();
        Assert.Contains("ipcscope_in_flight", costs.Keys);
        // A kernel that is not in the table: far from its limit.
        Assert.DoesNotContain(costs, cost => cost.Value.Instructions > Limit / 2);
        Assert.Empty(table.Count == 0 ? [] : ProgramCosts.Differences(costs, table));
    }

    [Fact]
    public void Growth_IsTold()
    {
        SortedDictionary<string, ProgramCost> costs = new() { ["same"] = new(110, 100), ["grown"] = new(130, 100), ["larger"] = new(100, 130), ["new"] = new(1, 1) };
        Dictionary<string, ProgramCost> table = new() { ["same"] = new(100, 100), ["grown"] = new(100, 100), ["larger"] = new(100, 100), ["gone"] = new(1, 1) };
        Assert.Equal(["grown", "larger", "new", "gone"], ProgramCosts.Differences(costs, table).Select(line => line.Split(' ')[0]));
    }
}
