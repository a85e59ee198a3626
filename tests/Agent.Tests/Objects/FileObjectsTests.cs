using System.Text;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Tests.Objects;

public sealed class FileObjectsTests
{
    private static readonly OwnNamespaces Own = new(Ipc: 1, Mount: 2, Net: 3);
    private static readonly ulong Page = (ulong)Environment.SystemPageSize;

    private static HolderRecord Holder(uint pid, string name, ObjectMarks marks, ulong mapped = 0, uint ns = 2, uint links = 1, Mechanism mechanism = Mechanism.Shm)
    {
        HolderRecord record = new() { Process = new ProcessKey(0, pid, 0), Length = mapped };
        record.File.Channel = new ChannelKey(5, 6, 7);
        record.File.Mechanism = mechanism;
        record.File.Marks = marks;
        record.File.Ns = ns;
        record.File.Links = links;
        record.File.Size = 100;
        record.File.Pages = 1;
        record.File.NameLength = (uint)Encoding.UTF8.GetBytes(name, record.File.Name);
        "sh"u8.CopyTo(record.Comm);
        return record;
    }

    private static IpcObject Only(params HolderRecord[] records)
    {
        var table = new HolderTable(Own);
        foreach (HolderRecord record in records)
        {
            table.Add(record);
        }
        return new FileObjects(Own).Describe(Assert.Single(table.All).Value);
    }

    [Fact]
    public void Descriptors_and_mappings_of_a_process_are_one_user()
    {
        IpcObject o = Only(
            Holder(8, "/dev/shm/a", ObjectMarks.ShmMount), Holder(8, "/dev/shm/a", ObjectMarks.ShmMount, mapped: Page),
            Holder(8, "/dev/shm/a", ObjectMarks.ShmMount, mapped: Page), Holder(7, "/dev/shm/a", ObjectMarks.ShmMount));
        Assert.Equal([new ObjectUser(7, "sh", 1, 0), new ObjectUser(8, "sh", 1, 2 * Page)], o.Users);
        Assert.Equal("/a", o.Name);
        Assert.Equal((100UL, Page), (o.Size!.Value, o.Resident!.Value));
    }

    [Theory]
    [InlineData("/dev/shm/a", 4, 1u, "", "/a", ObjectState.None)]
    [InlineData("/dev/shm/a (deleted)", 4, 0u, "", "/a", ObjectState.Removed)]
    [InlineData("/dev/shm/a (deleted)", 4, 1u, "", "/a (deleted)", ObjectState.None)]
    [InlineData("/dev/shm/sem.lock", 4, 1u, "semaphore", "/lock", ObjectState.None)]
    [InlineData("/memfd:buffer (deleted)", 1, 0u, "memfd", "memfd:buffer", ObjectState.None)]
    [InlineData("/dev/zero (deleted)", 1, 0u, "anonymous", "anonymous:[5]", ObjectState.None)]
    [InlineData("/run/x", 0, 1u, "tmpfs", "/run/x", ObjectState.None)]
    [InlineData("/huge/x", 2, 1u, "hugetlb", "/huge/x", ObjectState.None)]
    internal void Memory_is_told_apart_by_where_it_lies(string path, byte marks, uint links, string kind, string name, ObjectState state)
    {
        IpcObject o = Only(Holder(8, path, (ObjectMarks)marks, links: links));
        Assert.Equal((kind, name, state), (o.Kind, o.Name, o.State));
    }

    [Fact]
    public void The_name_is_that_of_the_agents_mounts_if_it_has_one()
    {
        IpcObject o = Only(
            Holder(8, "/a", ObjectMarks.ShmMount, ns: 44), Holder(9, "/dev/shm/b", ObjectMarks.ShmMount), Holder(10, "/a", ObjectMarks.ShmMount, ns: 44));
        Assert.Equal(("/b", ""), (o.Name, o.Place));
        Assert.Equal("mnt:[44]", Only(Holder(8, "/a", ObjectMarks.ShmMount, ns: 44)).Place);
    }

    [Fact]
    public void An_abstract_socket_has_no_mode()
    {
        HolderRecord record = Holder(8, "\0x", 0, ns: 9, mechanism: Mechanism.Unix);
        (record.File.Kind, record.Queued, record.Capacity) = (ChannelKind.Stream, 2, 7);
        IpcObject o = Only(record);
        Assert.Equal(("@x", "stream", "net:[9]"), (o.Name, o.Kind, o.Place));
        Assert.Equal((null, 2UL, 7UL), (o.Mode, o.Messages!.Value, o.MessagesLimit!.Value));
    }

    [Fact]
    public void A_queue_that_nobody_holds_is_an_orphan()
    {
        QueueRecord record = new() { File = Holder(0, "jobs", ObjectMarks.KernelMount, ns: 1, mechanism: Mechanism.Mq).File, Messages = 2, MessagesLimit = 5, Bytes = 30, MessageSizeLimit = 64 };
        IpcObject o = new FileObjects(Own).Describe(record, []);
        Assert.Equal(("/jobs", ObjectState.Orphan, 320UL, ""), (o.Name, o.State, o.BytesLimit!.Value, o.Place));
        Assert.Equal(ObjectState.None, new FileObjects(Own).Describe(record, [new ObjectUser(1, "a", 1, 0)]).State);
        record.File.Links = 0;
        Assert.Equal(ObjectState.Removed, new FileObjects(Own).Describe(record, [new ObjectUser(1, "a", 1, 0)]).State);
    }

    [Fact]
    public void Users_have_names_or_numbers()
    {
        var names = new UserNames(["root:x:0:0:root:/root:/bin/sh", "broken", "me:x:1000:1000::/:/bin/sh", "too:x:0:0::/:/bin/sh"]);
        Assert.Equal(["root", "me", "7"], [names.Of(0), names.Of(1000), names.Of(7)]);
    }
}
