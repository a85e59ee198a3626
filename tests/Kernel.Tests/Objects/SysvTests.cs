using Ipcscope.Decode;
using Ipcscope.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Objects;

[Collection(nameof(ObjectSight))]
public sealed unsafe class SysvTests(ObjectSight sight)
{
    private const int Key = 0x1bc50001;

    private static readonly uint Self = (uint)Environment.ProcessId;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_queue_is_what_the_kernel_says(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        int id = Check(msgget(Key, Create | 0x1a0));
        try
        {
            IpcObject queue = sight.The(Mechanism.SysvMsg, $"{id}", place);
            Assert.Equal((ObjectState.Unused, 0UL, 0UL), (queue.State, queue.Messages!.Value, queue.Bytes!.Value));
            byte* message = stackalloc byte[128];
            *(long*)message = 1;
            foreach (int size in (int[])[5, 7, 100])
            {
                Check(msgsnd(id, message, (nuint)size, 0));
            }
            queue = sight.The(Mechanism.SysvMsg, $"{id}", place);
            Dictionary<string, long> proc = ObjectSight.Proc("msg", "msqid", id);
            Assert.Equal((3UL, 112UL, 16384UL), (queue.Messages!.Value, queue.Bytes!.Value, queue.BytesLimit!.Value));
            Assert.Equal((proc["qnum"], proc["cbytes"]), ((long)queue.Messages, (long)queue.Bytes));
            Assert.Equal(((uint)Key, 0x1a0u, 0u), (queue.Key!.Value, queue.Mode!.Value, queue.Uid));
            Assert.Equal((proc["key"], proc["uid"]), ((long)queue.Key, (long)queue.Uid));
            Assert.Equal([Self, 0u], queue.LastUsers);
            Assert.Equal((proc["lspid"], proc["stime"], proc["ctime"]), (queue.LastUsers[0], queue.LastUsed!.Value.ToUnixTimeSeconds(), queue.Since!.Value.ToUnixTimeSeconds()));
            Assert.Equal((ObjectState.None, 0u), (queue.State, queue.Waiters!.Value));
        }
        finally
        {
            Check(msgctl(id, Remove, null));
        }
        Assert.False(sight.Has(Mechanism.SysvMsg, $"{id}", place));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_queue_whose_last_sender_is_gone_is_an_orphan_unless_somebody_waits(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        int id = Check(msgget(Key, Create | 0x180));
        try
        {
            using (var sender = new Script($"msgsnd({id}, pack('l! a*', 1, 'hello'), 0) or die"))
            {
                IpcObject used = sight.The(Mechanism.SysvMsg, $"{id}", place);
                Assert.Equal((ObjectState.None, sender.Pid, 5UL), (used.State, used.LastUsers[0], used.Bytes!.Value));
            }
            Assert.Equal(ObjectState.Orphan, sight.The(Mechanism.SysvMsg, $"{id}", place).State);
            using (Script.Blocked($"msgrcv({id}, $b, 100, 2, 0)", "do_msgrcv"))
            {
                IpcObject waited = sight.The(Mechanism.SysvMsg, $"{id}", place);
                Assert.Equal((ObjectState.None, 1u), (waited.State, waited.Waiters!.Value));
            }
            Assert.Equal((ObjectState.Orphan, 0u), (sight.The(Mechanism.SysvMsg, $"{id}", place).State, sight.The(Mechanism.SysvMsg, $"{id}", place).Waiters!.Value));
        }
        finally
        {
            Check(msgctl(id, Remove, null));
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_set_has_its_values_and_waiters(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        const int Count = 40;
        int id = Check(semget(Key, Count, Create | 0x1b0));
        try
        {
            IpcObject set = sight.The(Mechanism.SysvSem, $"{id}", place);
            Assert.Equal((ObjectState.Unused, 0), (set.State, set.LastUsers.Max(pid => (int)pid)));
            ushort* values = stackalloc ushort[Count];
            for (int i = 0; i < Count; i++)
            {
                values[i] = (ushort)(i * 100);
            }
            Check(semctl(id, 0, SetAll, values));
            set = sight.The(Mechanism.SysvSem, $"{id}", place);
            Assert.Equal(Enumerable.Range(0, 32).Select(i => (ushort)(i * 100)), set.Values);
            Dictionary<string, long> proc = ObjectSight.Proc("sem", "semid", id);
            Assert.Equal(((ulong)Count, (uint)Key, 0x1b0u), (set.Semaphores!.Value, set.Key!.Value, set.Mode!.Value));
            Assert.Equal((proc["nsems"], proc["ctime"]), ((long)set.Semaphores, set.Since!.Value.ToUnixTimeSeconds()));
            Assert.Equal((ObjectState.None, Self, null), (set.State, set.LastUsers[0], set.LastUsed));
            // One waits for a single semaphore, one for two at once: the kernel has different lists for them.
            using Script one = Script.Blocked($"semop({id}, pack('s3', 0, -1, 0))", "semtimedop");
            using Script two = Script.Blocked($"semop({id}, pack('s6', 0, -1, 0, 39, -4000, 0))", "semtimedop");
            Assert.Equal(2u, sight.The(Mechanism.SysvSem, $"{id}", place).Waiters);
        }
        finally
        {
            Check(semctl(id, 0, Remove, null));
        }
        Assert.False(sight.Has(Mechanism.SysvSem, $"{id}", place));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_set_whose_last_users_are_gone_is_an_orphan(bool isPrivate) => ObjectSight.InNamespace(isPrivate, place =>
    {
        int id = Check(semget(0, 3, 0x180));
        try
        {
            using (var user = new Script($"semop({id}, pack('s3', 2, 7, 0)) or die"))
            {
                IpcObject used = sight.The(Mechanism.SysvSem, $"{id}", place);
                Assert.Equal((ObjectState.None, user.Pid), (used.State, used.LastUsers[0]));
                Assert.Equal([0, 0, 7], used.Values);
                Assert.Equal(ObjectSight.Proc("sem", "semid", id)["otime"], used.LastUsed!.Value.ToUnixTimeSeconds());
            }
            Assert.Equal(ObjectState.Orphan, sight.The(Mechanism.SysvSem, $"{id}", place).State);
        }
        finally
        {
            Check(semctl(id, 0, Remove, null));
        }
    });
}
