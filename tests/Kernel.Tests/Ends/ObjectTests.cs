using System.Diagnostics;
using System.Globalization;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.KernelTests.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Ends;

/// <summary>Channels that no descriptor stands for: memory, futexes, System V objects, signals.</summary>
[Collection(nameof(EndSight))]
public sealed unsafe class ObjectTests(EndSight sight)
{
    private static readonly uint Self = (uint)Environment.ProcessId;
    private static readonly nuint Page = (nuint)Environment.SystemPageSize;

    private static IEnumerable<(uint, Access, Certainty)> Brief(IEnumerable<End> ends) => ends.Select(end => (end.Process.Pid, end.Access, end.Certainty));

    /// <summary>By creation it is the test's, which has unmapped and closed it; who has it mapped is what counts.</summary>
    [Fact]
    public void Memory_belongs_to_those_who_map_it_now()
    {
        string name = $"ipcscope-ends-{Self}";
        int fd = Check(shm_open("/" + name, OpenCreate | OpenReadWrite, 0x180));
        Check(ftruncate(fd, (long)Page));
        byte* memory = mmap(null, Page, ReadWrite, Shared, fd, 0);
        ChannelKey key = sight.Used(Mechanism.Shm, Named(name));
        using Script writer = new($"open(F, '+<', '/dev/shm/{name}'); syscall(9, 0, 4096, 3, 1, fileno(F), 0) != -1 or die; close F");
        using Script reader = new($"open(F, '<', '/dev/shm/{name}'); syscall(9, 0, 4096, 1, 1, fileno(F), 0) != -1 or die; close F");
        ChannelEnds ends = sight.Look();
        Assert.Equal(
            [(Self, Access.Read | Access.Write, Certainty.Exact), (writer.Pid, Access.Read | Access.Write, Certainty.Exact), (reader.Pid, Access.Read, Certainty.Exact)],
            Brief(ends.Holders(key)).OrderBy(end => end.Item1 == Self ? 0 : end.Item1));
        Assert.Equal([Self, writer.Pid], ends.Writers(key).Select(end => end.Process.Pid).OrderBy(pid => pid == Self ? 0 : pid));
        Check(munmap(memory, Page));
        Check(close(fd));
        ends = sight.Look();
        Assert.Equal([writer.Pid, reader.Pid], ends.Holders(key).Select(end => end.Process.Pid).Order());
        Check(shm_unlink("/" + name));
    }

    /// <summary>A futex is a word in memory: those who can wait on it are those who map the memory, whoever called futex(2).</summary>
    [Fact]
    public void A_futex_belongs_to_those_who_map_its_memory()
    {
        string name = $"ipcscope-word-{Self}";
        int fd = Check(shm_open("/" + name, OpenCreate | OpenReadWrite, 0x180));
        Check(ftruncate(fd, (long)Page));
        byte* memory = mmap(null, Page, ReadWrite, Shared, fd, 0);
        using Script other = new($"open(F, '+<', '/dev/shm/{name}'); $p = syscall(9, 0, 4096, 3, 1, fileno(F), 0); close F; syscall(202, $p + 64, 1, 1, 0, 0, 0) != -1 or die");
        ChannelKey memoryKey = sight.Used(Mechanism.Shm, Named(name));
        ChannelKey word = sight.Used(Mechanism.Futex, key => key.Inode == memoryKey.Inode && key.Device == memoryKey.Device && key.Guard == 64 / 4);
        Assert.Equal([Self, other.Pid], sight.Look().Holders(word).Select(end => end.Process.Pid).OrderBy(pid => pid == Self ? 0 : pid));
        Check(munmap(memory, Page));
        Check(close(fd));
        Check(shm_unlink("/" + name));
    }

    /// <summary>The creator has not attached it; by shm_cpid it would be its.</summary>
    [Fact]
    public void A_segment_belongs_to_those_who_attach_it()
    {
        int id = Check(shmget(0, Page, Create | 0x180));
        using Script attached = new($"syscall(30, {id}, 0, 0) != -1 or die");
        ChannelKey key = sight.Used(Mechanism.SysvShm, channel => channel.Inode == (ulong)id);
        Assert.Equal([(attached.Pid, Access.Read | Access.Write, Certainty.Exact)], Brief(sight.Look().Holders(key)));
        Check(shmctl(id, Remove, null));
    }

    /// <summary>Nobody holds a queue: the kernel remembers who used it last. Who has ended is none of them, though its number stays.</summary>
    [Fact]
    public void A_system_v_queue_belongs_to_who_used_it_last()
    {
        int id = Check(msgget(0, Create | 0x180));
        using Script sender = new($"msgsnd({id}, pack('l! a4', 1, 'abcd'), 0) or die");
        ChannelKey key = sight.Used(Mechanism.SysvMsg, channel => channel.Inode == (ulong)id);
        ChannelEnds ends = sight.Look();
        Assert.Equal([(sender.Pid, Access.Write, Certainty.Observed)], Brief(ends.Writers(key)));
        Assert.Empty(ends.Readers(key));
        using (Script receiver = new($"msgrcv({id}, $m, 4, 0, 0) or die"))
        {
            Assert.Equal([(receiver.Pid, Access.Read, Certainty.Observed)], Brief(sight.Look().Readers(key)));
        }
        ends = sight.Look();
        Assert.Empty(ends.Readers(key));
        Assert.Single(ends.Former(key));
        Check(msgctl(id, Remove, null));
    }

    [Fact]
    public void A_signal_ends_at_who_gets_it()
    {
        using Script receiver = new("$SIG{USR1} = 'IGNORE'");
        using (Process sender = Process.Start("kill", ["-USR1", receiver.Pid.ToString(CultureInfo.InvariantCulture)]))
        {
            sender.WaitForExit();
        }
        ChannelKey key = sight.Used(Mechanism.Signal, channel => channel.Inode == receiver.Pid && channel.Device == 10);
        End end = Assert.Single(sight.Look().Holders(key));
        Assert.Equal((receiver.Pid, "perl", Certainty.Exact), (end.Process.Pid, end.Name, end.Certainty));
    }

    private static Func<ChannelKey, bool> Named(string name)
    {
        ulong inode = ulong.Parse(Process.Start(new ProcessStartInfo("stat", ["-c", "%i", $"/dev/shm/{name}"]) { RedirectStandardOutput = true })!.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        return key => key.Inode == inode;
    }
}
