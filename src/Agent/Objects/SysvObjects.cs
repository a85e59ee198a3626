using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>System V objects out of what the kernel knows of them.</summary>
/// <param name="own">The agent's namespaces.</param>
/// <param name="holders">Who has which segment attached.</param>
internal sealed class SysvObjects(OwnNamespaces own, HolderTable holders)
{
    private const uint Removed = 0x200; // SHM_DEST, include/linux/shm.h
    private const uint Permissions = 0x1ff;
    private const ulong BlockSize = 512;

    /// <summary>One object.</summary>
    public IpcObject Describe(in SysvRecord record)
    {
        var common = new IpcObject
        {
            Mechanism = record.Mechanism,
            Name = $"{record.Id}",
            Id = record.Id,
            Key = record.Key,
            Uid = record.Uid,
            Mode = record.Mode & Permissions,
            Since = Times.FromSeconds(record.ChangeTime),
            LastUsed = Times.FromSeconds(Math.Max(record.UseTime, record.OtherTime)),
            Place = record.Ns == own.Ipc ? "" : $"ipc:[{record.Ns}]",
        };
        return record.Mechanism switch
        {
            Mechanism.SysvMsg => Queue(common, record),
            Mechanism.SysvSem => Set(common, record),
            _ => Segment(common, record),
        };
    }

    private static IpcObject Queue(IpcObject common, in SysvRecord record) => common with
    {
        Messages = record.Count,
        Bytes = record.Bytes,
        BytesLimit = record.BytesLimit,
        Waiters = record.Waiters,
        LastUsers = [record.User, record.Receiver],
        State = ByUse(record),
    };

    private static IpcObject Set(IpcObject common, in SysvRecord record) => common with
    {
        Semaphores = record.Count,
        Values = ((ReadOnlySpan<ushort>)record.Values)[..(int)Math.Min(record.Count, SemaphoreValues.Count)].ToArray(),
        Waiters = record.Waiters,
        LastUsers = [record.User],
        State = ByUse(record),
    };

    private IpcObject Segment(IpcObject common, in SysvRecord record) => common with
    {
        Inode = record.Memory.Inode,
        Memory = record.Memory,
        Size = record.Bytes,
        Resident = (record.Marks & SysvMarks.Hugetlb) != 0 ? record.Blocks * BlockSize : record.Pages * (ulong)Environment.SystemPageSize,
        Attachments = record.Count,
        Creator = record.Creator,
        LastUsers = [record.User],
        Users = holders.UsersOf(record.Memory),
        State = (record.Mode & Removed) != 0 ? ObjectState.Removed
            : record.Count == 0 && (record.Marks & SysvMarks.CreatorAlive) == 0 ? ObjectState.Orphan
            : ObjectState.None,
    };

    // Nobody holds a queue or set as one holds a file, and its maker is not recorded: who waits in it and who used it last are all that is known.
    private static ObjectState ByUse(in SysvRecord record) =>
        record.Waiters > 0 || (record.Marks & SysvMarks.LastAlive) != 0 ? ObjectState.None
        : record.User == 0 && record.Receiver == 0 ? ObjectState.Unused
        : ObjectState.Orphan;
}
