using Ipcscope.Decode;
using Ipcscope.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Objects;

[Collection(nameof(ObjectSight))]
public sealed unsafe class PosixTests(ObjectSight sight)
{
    private const string Name = "/ipcscope-objects";
    private static readonly int Page = Environment.SystemPageSize;
    private static readonly uint Self = (uint)Environment.ProcessId;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_queue_is_what_its_file_says(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        QueueLimits limits = new() { Messages = 5, MessageSize = 64 };
        int queue = Check(mq_open(Name, OpenCreate | OpenReadWrite, 0x180, &limits));
        bool unlinked = false;
        try
        {
            byte* message = stackalloc byte[64];
            Check(mq_send(queue, message, 10, 1));
            Check(mq_send(queue, message, 20, 9));
            IpcObject o = sight.The(Mechanism.Mq, Name, place);
            Assert.Equal((2UL, 5UL, 30UL, 320UL), (o.Messages!.Value, o.MessagesLimit!.Value, o.Bytes!.Value, o.BytesLimit!.Value));
            Assert.Equal((0x180u, 0u, ObjectState.None), (o.Mode!.Value, o.Uid, o.State));
            Assert.Equal((Self, 1), (Assert.Single(o.Users).Pid, o.Users[0].Descriptors));
            Assert.Equal("30", QueueFile("QSIZE"));
            Check(close(queue));
            Assert.Equal((ObjectState.Orphan, 2UL, 0), (sight.The(Mechanism.Mq, Name, place).State, sight.The(Mechanism.Mq, Name, place).Messages!.Value, sight.The(Mechanism.Mq, Name, place).Users.Count));
            queue = Check(mq_open(Name, OpenReadWrite, 0, null));
            Check(mq_unlink(Name));
            unlinked = true;
            Assert.Equal(ObjectState.Removed, sight.The(Mechanism.Mq, Name, place).State);
        }
        finally
        {
            _ = unlinked ? 0 : mq_unlink(Name);
            Check(close(queue));
        }
        Assert.False(sight.Has(Mechanism.Mq, Name, place));
    });

    [Fact]
    public void More_queues_than_one_piece_takes_are_all_found() => ObjectSight.InNamespace(isPrivate: true, place =>
    {
        QueueLimits limits = new() { Messages = 1, MessageSize = 8 };
        string[] names = [.. Enumerable.Range(0, 150).Select(i => $"{Name}-{i:D3}")];
        foreach (string name in names)
        {
            Check(close(Check(mq_open(name, OpenCreate | OpenReadWrite, 0x180, &limits))));
        }
        Assert.Equal(names, sight.All().Where(o => o.Place == place).Select(o => o.Name));
        foreach (string name in names)
        {
            Check(mq_unlink(name));
        }
    });

    [Fact]
    public void Named_memory_is_held_then_left_behind_then_removed()
    {
        int memory = Check(shm_open(Name, OpenCreate | OpenReadWrite, 0x1a0));
        byte* mapped = null;
        try
        {
            Check(ftruncate(memory, 1 << 20));
            mapped = mmap(null, 1 << 20, ReadWrite, Shared, memory, 0);
            (mapped[0], mapped[1 << 19]) = (1, 1);
            IpcObject o = sight.The(Mechanism.Shm, Name);
            Assert.Equal((1UL << 20, (ulong)(2 * Page), 0x1a0u, ""), (o.Size!.Value, o.Resident!.Value, o.Mode!.Value, o.Kind));
            ObjectUser user = Assert.Single(o.Users);
            Assert.Equal((Self, 1, 1UL << 20, ObjectState.None), (user.Pid, user.Descriptors, user.Mapped, o.State));
            Assert.True(o.SinceCreation);
            Assert.Equal(File.GetCreationTimeUtc("/dev/shm" + Name), o.Since!.Value.UtcDateTime, TimeSpan.FromSeconds(1));
            Check(close(memory));
            Assert.Equal(0, Assert.Single(sight.The(Mechanism.Shm, Name).Users).Descriptors);
            Check(munmap(mapped, 1 << 20));
            o = sight.The(Mechanism.Shm, Name);
            Assert.Equal((ObjectState.Orphan, 0, 1UL << 20, (ulong)(2 * Page)), (o.State, o.Users.Count, o.Size!.Value, o.Resident!.Value));
            memory = Check(shm_open(Name, OpenReadWrite, 0));
            Check(shm_unlink(Name));
            Assert.Equal(ObjectState.Removed, sight.The(Mechanism.Shm, Name).State);
        }
        finally
        {
            _ = shm_unlink(Name);
            Check(close(memory));
        }
        Assert.False(sight.Has(Mechanism.Shm, Name));
    }

    [Fact]
    public void A_reader_that_may_not_write_is_a_user_too()
    {
        int memory = Check(shm_open(Name, OpenCreate | OpenReadWrite, 0x1a0));
        int reading = Check(shm_open(Name, 0, 0));
        Check(shm_unlink(Name));
        Check(ftruncate(memory, Page));
        byte* mapped = mmap(null, (nuint)Page, 1, Shared, reading, 0);
        Check(close(memory));
        Check(close(reading));
        Assert.Equal((Self, 0, (ulong)Page), (Assert.Single(sight.The(Mechanism.Shm, Name).Users) is var user ? user.Pid : 0, user!.Descriptors, user.Mapped));
        Check(munmap(mapped, (nuint)Page));
    }

    [Fact]
    public void Memory_without_a_name_is_told_apart()
    {
        int memory = Check(memfd_create("ipcscope \u001b[31m", 0));
        Check(ftruncate(memory, 3 * Page));
        byte* anonymous = mmap(null, (nuint)(4 * Page), ReadWrite, Shared | Anonymous, -1, 0);
        anonymous[0] = 1;
        try
        {
            IpcObject o = sight.The(Mechanism.Shm, "memfd:ipcscope \u001b[31m");
            Assert.Equal(("memfd", (ulong)(3 * Page), 0UL, ObjectState.None), (o.Kind, o.Size!.Value, o.Resident!.Value, o.State));
            IpcObject zero = Assert.Single(sight.All(), o => o.Kind == "anonymous" && o.Size == (ulong)(4 * Page) && o.Users.Any(user => user.Pid == Self));
            Assert.Equal(((ulong)Page, (ulong)(4 * Page), false), (zero.Resident!.Value, Assert.Single(zero.Users).Mapped, zero.IsNamed));
        }
        finally
        {
            Check(close(memory));
            Check(munmap(anonymous, (nuint)(4 * Page)));
        }
    }

    [Fact]
    public void A_named_semaphore_is_one()
    {
        File.WriteAllBytes("/dev/shm/sem.ipcscope-objects", new byte[32]);
        try
        {
            IpcObject o = sight.The(Mechanism.Shm, Name);
            Assert.Equal(("semaphore", 32UL, ObjectState.Orphan), (o.Kind, o.Size!.Value, o.State));
        }
        finally
        {
            File.Delete("/dev/shm/sem.ipcscope-objects");
        }
    }

    // mqueue(7) files exist where the file system is mounted: it shows the namespace of who mounts it.
    private static string QueueFile(string field)
    {
        string directory = Directory.CreateTempSubdirectory("ipcscope-mqueue").FullName;
        Check(mount("none", directory, "mqueue", 0, null));
        try
        {
            string[] words = File.ReadAllText(directory + Name).Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
            return words[Array.IndexOf(words, field) + 1];
        }
        finally
        {
            Check(umount2(directory, 0));
            Directory.Delete(directory);
        }
    }
}
