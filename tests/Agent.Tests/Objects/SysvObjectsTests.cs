using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Tests.Objects;

public sealed class SysvObjectsTests
{
    private static readonly OwnNamespaces Own = new(Ipc: 1, Mount: 2, Net: 3);

    private static ObjectState StateOf(SysvRecord record) => new SysvObjects(Own, new HolderTable(Own)).Describe(record).State;

    [Theory]
    [InlineData(0u, 0u, 0u, false, ObjectState.Unused)]
    [InlineData(0u, 0u, 1u, false, ObjectState.None)]
    [InlineData(12u, 0u, 0u, false, ObjectState.Orphan)]
    [InlineData(0u, 12u, 0u, false, ObjectState.Orphan)]
    [InlineData(12u, 13u, 0u, true, ObjectState.None)]
    [InlineData(12u, 13u, 1u, false, ObjectState.None)]
    internal void A_queue_is_an_orphan_if_its_last_users_are_gone_and_nobody_waits(uint sender, uint receiver, uint waiters, bool alive, ObjectState expected) =>
        Assert.Equal(expected, StateOf(new SysvRecord
        {
            Mechanism = Mechanism.SysvMsg,
            User = sender,
            Receiver = receiver,
            Waiters = waiters,
            Marks = alive ? SysvMarks.LastAlive : 0,
        }));

    [Theory]
    [InlineData(0u, false, 0x180u, ObjectState.Orphan)]
    [InlineData(0u, true, 0x180u, ObjectState.None)]
    [InlineData(1u, false, 0x180u, ObjectState.None)]
    [InlineData(1u, false, 0x380u, ObjectState.Removed)]
    internal void A_segment_is_an_orphan_if_its_creator_is_gone_and_nobody_attaches_it(uint attached, bool alive, uint mode, ObjectState expected) =>
        Assert.Equal(expected, StateOf(new SysvRecord
        {
            Mechanism = Mechanism.SysvShm,
            Count = attached,
            Mode = mode,
            Marks = alive ? SysvMarks.CreatorAlive : 0,
        }));

    [Fact]
    public void A_set_tells_the_first_values_and_how_many_there_are()
    {
        SysvRecord record = new() { Mechanism = Mechanism.SysvSem, Count = 2, Ns = 9, User = 5, Marks = SysvMarks.LastAlive };
        record.Values[0] = 3;
        record.Values[1] = 65535;
        IpcObject set = new SysvObjects(Own, new HolderTable(Own)).Describe(record);
        Assert.Equal([3, 65535], set.Values);
        Assert.Equal("ipc:[9]", set.Place);
        Assert.Equal([5u], set.LastUsers);
        Assert.Null(set.Size);
    }

    [Fact]
    public void Huge_pages_are_counted_in_blocks()
    {
        SysvRecord record = new() { Mechanism = Mechanism.SysvShm, Count = 1, Pages = 1, Blocks = 4096, Marks = SysvMarks.Hugetlb, Ns = 1 };
        IpcObject segment = new SysvObjects(Own, new HolderTable(Own)).Describe(record);
        Assert.Equal(2UL << 20, segment.Resident);
        Assert.Equal("", segment.Place);
    }
}
