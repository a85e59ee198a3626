using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Tests.Objects;

/// <summary>A source that tells what it is told.</summary>
internal sealed class FakeObjects(Func<IReadOnlyList<IpcObject>> read) : IObjectSource
{
    /// <summary>2026-01-01 12:00:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static IpcObject Queue { get; } = new()
    {
        Mechanism = Mechanism.Mq,
        Name = "/orders",
        Uid = 0,
        Mode = 0x1a4,
        Inode = 7,
        Messages = 10,
        MessagesLimit = 10,
        Bytes = 4096,
        BytesLimit = 81920,
        Since = Noon.AddMinutes(-3),
        LastUsed = Noon.AddMinutes(-3),
        Users = [new ObjectUser(77, "shop", 1, 0)],
    };

    public static IpcObject Set { get; } = new()
    {
        Mechanism = Mechanism.SysvSem,
        Name = "32768",
        Id = 32768,
        Key = 0x52030b01,
        Uid = 4_000_000_000,
        Mode = 0x180,
        Semaphores = 40,
        Values = [1, 0, 5],
        Waiters = 2,
        LastUsers = [981],
        Since = Noon.AddDays(-2),
        LastUsed = Noon.AddSeconds(-10),
    };

    public static IpcObject Segment { get; } = new()
    {
        Mechanism = Mechanism.SysvShm,
        Name = "5",
        Id = 5,
        Key = 0,
        Uid = 0,
        Mode = 0x180,
        Inode = 5,
        Size = 1 << 20,
        Resident = 1 << 16,
        Attachments = 0,
        Creator = 12,
        LastUsers = [0],
        Since = Noon.AddHours(-5),
        State = ObjectState.Orphan,
        Place = "ipc:[4026532201]",
    };

    public static IpcObject Memory { get; } = new()
    {
        Mechanism = Mechanism.Shm,
        Kind = "memfd",
        Name = "memfd:a\u001b[31m",
        IsNamed = false,
        Uid = 0,
        Mode = 0x1ff,
        Inode = 9,
        Size = 8192,
        Resident = 4096,
        Since = Noon.AddSeconds(-1),
        SinceCreation = true,
        Users = [new ObjectUser(77, "shop", 1, 8192), new ObjectUser(78, "till", 0, 8192)],
    };

    public IReadOnlyList<IpcObject> Read() => read();

    public void Dispose()
    {
    }
}
