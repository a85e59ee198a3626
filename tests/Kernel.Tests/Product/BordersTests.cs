using System.Diagnostics;

namespace Ipcscope.KernelTests.Product;

/// <summary>Attaching and detaching in the midst of a process's operations.</summary>
[Collection(nameof(ProductGroup))]
public sealed class BordersTests
{
    private const int Runs = 8;

    // Calls that are under way when the probes come or go may lack a time. They are not lost: nothing was.
    [Fact]
    public void NothingIsLostThere()
    {
        string truth = Path.GetTempFileName();
        using Process busy = Binary.Start([Binary.WorkloadPath, "spin-pipe", "-n", "1000000000", "--truth", truth]);
        try
        {
            for (int run = 0; run < Runs; run++)
            {
                Outcome outcome = Binary.Run("trace", "-n", "10", "-p", $"{busy.Id}").AssertStatus(0);
                Assert.StartsWith("10 operations in ", outcome.ErrorLines[^1], StringComparison.Ordinal);
                Assert.Contains(", 0 lost", outcome.ErrorLines[^1], StringComparison.Ordinal);
            }
        }
        finally
        {
            busy.Kill();
            busy.WaitForExit();
            File.Delete(truth);
        }
    }
}
