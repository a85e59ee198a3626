using Ipcscope.Capture;

namespace Ipcscope.KernelTests;

/// <summary>This machine's kernel; tests/vm does the same for others.</summary>
public sealed class ProgramCostsTests
{
    [Fact]
    public void NoProgramHasGrown()
    {
        Version version = Environment.OSVersion.Version;
        Dictionary<string, ProgramCost> table = ProgramCosts.Table(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../vm/costs")), $"{version.Major}.{version.Minor}");
        SortedDictionary<string, ProgramCost> costs = ProgramCosts.Read(Attachment.Tracepoints);
        Assert.Contains("ipcscope_in_flight", costs.Keys);
        Assert.Empty(ProgramCosts.Growth(costs, table));
        // Of the machine's own kernel the table is kept complete; one that is not in it has nothing to be compared with.
        Assert.Empty(table.Count == 0 ? [] : ProgramCosts.Changes(costs, table));
    }

    [Fact]
    public void Growth_IsTold()
    {
        SortedDictionary<string, ProgramCost> costs = new() { ["same"] = new(110, 100), ["grown"] = new(130, 100), ["larger"] = new(100, 130), ["new"] = new(1, 1), ["vast"] = new(600_000, 1) };
        Dictionary<string, ProgramCost> table = new() { ["same"] = new(100, 100), ["grown"] = new(100, 100), ["larger"] = new(100, 100), ["gone"] = new(1, 1), ["vast"] = new(600_000, 1) };
        Assert.Equal(["grown", "larger", "vast"], ProgramCosts.Growth(costs, table).Select(line => line.Split(' ')[0]));
        Assert.Equal(["new", "gone"], ProgramCosts.Changes(costs, table).Select(line => line.Split(' ')[0]));
        Assert.Equal(["vast"], ProgramCosts.Growth(costs, []).Select(line => line.Split(' ')[0]));
    }
}
