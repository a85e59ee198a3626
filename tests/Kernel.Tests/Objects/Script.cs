using System.Diagnostics;

namespace Ipcscope.KernelTests.Objects;

/// <summary>A process that does something with an object, says so, and stays until it is told to go.</summary>
internal sealed class Script : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it in the namespaces of the calling thread, and waits until it has done what it does.</summary>
    /// <param name="perl">What it does; perl is part of every Debian.</param>
    internal Script(string perl)
    {
        _process = Process.Start(new ProcessStartInfo("perl", ["-e", $"$| = 1; {perl}; print \"done\\n\"; <STDIN>"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    /// <summary>Starts one that blocks in a call, and waits until it does.</summary>
    internal static Script Blocked(string perl, string wait)
    {
        var script = new Script("1", perl);
        for (int i = 0; File.ReadAllText($"/proc/{script.Pid}/wchan") is var where && !where.Contains(wait, StringComparison.Ordinal); i++)
        {
            Assert.True(i < 500, $"perl waits in {where}, not in {wait}");
            Thread.Sleep(20);
        }
        return script;
    }

    private Script(string before, string after)
    {
        _process = Process.Start(new ProcessStartInfo("perl", ["-e", $"$| = 1; {before}; print \"done\\n\"; {after}"]) { RedirectStandardOutput = true })!;
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    internal uint Pid => (uint)_process.Id;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
