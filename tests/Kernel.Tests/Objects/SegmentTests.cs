using Ipcscope.Decode;
using Ipcscope.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Objects;

[Collection(nameof(ObjectSight))]
public sealed unsafe class SegmentTests(ObjectSight sight)
{
    private const int Key = 0x1bc50002;
    private static readonly int Page = Environment.SystemPageSize;
    private static readonly uint Self = (uint)Environment.ProcessId;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_segment_is_what_the_kernel_says_until_its_last_holder_goes(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        const ulong Size = 100_000;
        ulong pages = (Size + (ulong)Page - 1) / (ulong)Page;
        int id = Check(shmget(Key, (nuint)Size, Create | 0x1a4));
        byte* first = shmat(id, null, 0);
        byte* second = shmat(id, null, 0);
        bool removed = false;
        try
        {
            (first[0], first[Page], second[3 * Page]) = (1, 1, 1);
            IpcObject segment = sight.The(Mechanism.SysvShm, $"{id}", place);
            Dictionary<string, long> proc = ObjectSight.Proc("shm", "shmid", id);
            Assert.Equal((Size, (ulong)(3 * Page), 2UL), (segment.Size!.Value, segment.Resident!.Value, segment.Attachments!.Value));
            Assert.Equal((proc["size"], proc["rss"], proc["nattch"]), ((long)segment.Size, (long)segment.Resident, (long)segment.Attachments));
            Assert.Equal(((uint)Key, 0x1a4u, Self), (segment.Key!.Value, segment.Mode!.Value, segment.Creator!.Value));
            Assert.Equal((proc["cpid"], proc["lpid"]), ((long)segment.Creator, (long)segment.LastUsers[0]));
            Assert.Equal(proc["atime"], segment.LastUsed!.Value.ToUnixTimeSeconds());
            Assert.Equal(ObjectState.None, segment.State);
            ObjectUser user = Assert.Single(segment.Users);
            Assert.Equal((Self, 0, 2 * pages * (ulong)Page), (user.Pid, user.Descriptors, user.Mapped));
            Check(shmctl(id, Remove, null));
            removed = true;
            Assert.Equal(ObjectState.Removed, sight.The(Mechanism.SysvShm, $"{id}", place).State);
        }
        finally
        {
            Check(shmdt(first));
            Check(shmdt(second));
            _ = removed ? 0 : Check(shmctl(id, Remove, null));
        }
        Assert.False(sight.Has(Mechanism.SysvShm, $"{id}", place));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_segment_is_an_orphan_when_its_creator_is_gone_and_nobody_attaches_it(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        int id;
        using (var creator = new Script($"shmget({Key}, 5000, 0600 | 01000) // die"))
        {
            id = Check(shmget(Key, 0, 0));
            IpcObject alone = sight.The(Mechanism.SysvShm, $"{id}", place);
            Assert.Equal((ObjectState.None, creator.Pid, 0UL), (alone.State, alone.Creator!.Value, alone.Attachments!.Value));
        }
        try
        {
            Assert.Equal(ObjectState.Orphan, sight.The(Mechanism.SysvShm, $"{id}", place).State);
            byte* attached = shmat(id, null, 0);
            Assert.Equal(ObjectState.None, sight.The(Mechanism.SysvShm, $"{id}", place).State);
            Check(shmdt(attached));
            Assert.Equal(ObjectState.Orphan, sight.The(Mechanism.SysvShm, $"{id}", place).State);
        }
        finally
        {
            Check(shmctl(id, Remove, null));
        }
    });

    [Fact]
    public void Ten_thousand_objects_of_a_namespace_are_all_found() => ObjectSight.InNamespace(isPrivate: true, place =>
    {
        HashSet<(Mechanism, int)> made = [];
        for (int i = 0; i < 4000; i++)
        {
            made.Add((Mechanism.SysvMsg, Check(msgget(0, 0x180))));
            made.Add((Mechanism.SysvSem, Check(semget(0, 3, 0x180))));
            if (i < 2000)
            {
                made.Add((Mechanism.SysvShm, Check(shmget(0, 4096, 0x180))));
            }
        }
        // Holes, as they come by removal, some of them as large as a node of the kernel's tree.
        foreach ((Mechanism, int) gone in made.Where(o => o.Item1 == Mechanism.SysvMsg).Where((_, i) => i % 7 == 0 || i is > 1000 and < 1300).ToArray())
        {
            Check(msgctl(gone.Item2, Remove, null));
            made.Remove(gone);
        }
        (Mechanism, int)[] found = [.. sight.All().Where(o => o.Place == place).Select(o => (o.Mechanism, o.Id!.Value))];
        Assert.Equal(made.Count, found.Length);
        Assert.Equal(made, found.ToHashSet());
        // They go with the namespace, whose only thread ends here.
    });
}
