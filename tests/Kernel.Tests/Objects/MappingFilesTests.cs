using System.Diagnostics;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.KernelTests.Objects;

/// <summary>Mappings as /proc tells them, for kernels that have no iterator: beside what the iterator tells here.</summary>
[Collection(nameof(ObjectSight))]
public sealed class MappingFilesTests
{
    [Fact]
    public void BothTellTheSame()
    {
        using Process script = Start(
            "import mmap, os, ctypes\n" +
            "memory = mmap.mmap(-1, 12288, mmap.MAP_SHARED)\n" +
            "memfd = os.memfd_create('seen', 0); os.ftruncate(memfd, 8192); first = mmap.mmap(memfd, 8192)\n" +
            "gone = os.memfd_create('closed', 0); os.ftruncate(gone, 4096); second = mmap.mmap(gone, 4096, mmap.MAP_SHARED, mmap.PROT_READ); os.close(gone)\n" +
            $"shm = os.open('/dev/shm/ipcscope-maps-{Environment.ProcessId}', os.O_RDWR | os.O_CREAT, 0o640); os.ftruncate(shm, 4096); third = mmap.mmap(shm, 4096); os.close(shm)\n" +
            $"disk = os.open('/var/tmp/ipcscope-maps-{Environment.ProcessId}', os.O_RDWR | os.O_CREAT, 0o640); os.ftruncate(disk, 4096); fourth = mmap.mmap(disk, 4096); os.close(disk)\n" +
            "libc = ctypes.CDLL(None); libc.shmat.restype = ctypes.c_void_p; segment = libc.shmget(0, 5000, 0o600); at = libc.shmat(segment, None, 0); libc.shmctl(segment, 0, None)\n" +
            "import sys; print('done', flush=True); sys.stdin.read()");
        try
        {
            List<string> iterated = Read(byFiles: false, (uint)script.Id), told = Read(byFiles: true, (uint)script.Id);
            Assert.Equal(6, iterated.Count(line => !line.EndsWith("gconv-modules.cache", StringComparison.Ordinal))); // glibc's
            Assert.Equal(iterated, told);
        }
        finally
        {
            script.StandardInput.Close();
            script.WaitForExit();
            File.Delete($"/dev/shm/ipcscope-maps-{Environment.ProcessId}");
            File.Delete($"/var/tmp/ipcscope-maps-{Environment.ProcessId}");
        }
    }

    private static Process Start(string python)
    {
        var process = Process.Start(new ProcessStartInfo("python3", ["-c", python]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("done", process.StandardOutput.ReadLine());
        return process;
    }

    private static List<string> Read(bool byFiles, uint pid)
    {
        using var programs = ObjectPrograms.Load(byFiles);
        List<string> lines = [];
        programs.ReadMappings((in HolderRecord record) =>
        {
            if (record.Process.Pid == pid)
            {
                ObjectFile file = record.File;
                lines.Add($"{file.Mechanism} {file.Channel.Inode} {file.Channel.Device} {file.Marks & ObjectMarks.KernelMount} {file.Size} {file.Blocks} {file.Uid} {file.Mode} {file.Links} {file.Time} " +
                    $"{record.Start:x} {record.Length} {record.Mode} {record.Process} {record.Comm.Text()} {Path.GetFileName(Holding.NameOf(file))}");
            }
        });
        return lines;
    }
}
