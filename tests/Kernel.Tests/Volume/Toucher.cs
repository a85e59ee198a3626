using System.Diagnostics;

namespace Ipcscope.KernelTests.Volume;

/// <summary>A process that maps memory and touches as many pages as it is told to, once each.</summary>
internal sealed class Toucher : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it; its memory is mapped and in memory.</summary>
    /// <param name="name">Of a memfd.</param>
    /// <param name="pages">How many.</param>
    internal Toucher(string name, int pages)
    {
        string script = $"""
            import mmap, os, sys
            fd = os.memfd_create("{name}")
            os.ftruncate(fd, {pages} * mmap.PAGESIZE)
            memory = mmap.mmap(fd, {pages} * mmap.PAGESIZE)
            def touch(first, count):
                for page in range(first, first + count):
                    memory[page * mmap.PAGESIZE] = 1
                print("done", flush=True)
            touch(0, {pages})
            for line in sys.stdin:
                touch(*map(int, line.split()))
            """;
        _process = Process.Start(new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    internal uint Pid => (uint)_process.Id;

    /// <summary>Touches pages, and returns when it has.</summary>
    internal void Touch(int first, int count)
    {
        _process.StandardInput.WriteLine($"{first} {count}");
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
