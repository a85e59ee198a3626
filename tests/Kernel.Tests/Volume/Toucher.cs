using System.Diagnostics;

namespace Ipcscope.KernelTests.Volume;

/// <summary>
/// A process that maps memory and touches as many pages as it is told to, once each. Before that the processor forgets its translations: one that it still holds
/// is not marked again in the page table (fs/proc/task_mmu.c, clear_refs_write, flushes for soft-dirty only), and of 2048 pages 1622 to 2048 were seen.
/// </summary>
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
            def forget(): # to unmap more than tlb_single_page_flush_ceiling pages drops all (arch/x86/mm/tlb.c)
                other = mmap.mmap(-1, 64 * mmap.PAGESIZE)
                for page in range(64):
                    other[page * mmap.PAGESIZE] = 1
                other.close()
            def touch(first, count):
                forget()
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
