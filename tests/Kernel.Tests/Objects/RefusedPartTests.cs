using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Faults;
using Ipcscope.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Objects;

/// <summary>An iterator that the kernel refuses leaves its objects out, and nothing else; of what is not known nothing is claimed.</summary>
[Collection(nameof(ObjectSight))]
public sealed unsafe class RefusedPartTests
{
    private const string Name = "/ipcscope-refused";

    [Theory]
    [InlineData("ipcscope_sysv", "objects_sysv", "mq orphan, fifo")]
    [InlineData("ipcscope_queues", "objects_mq", "sysv, fifo")]
    [InlineData("ipcscope_object_files", "objects_files", "sysv, mq")]
    [InlineData("ipcscope_mappings", "objects_mappings", "sysv, mq orphan, fifo")]
    public void EachGoesAlone(string program, string part, string left)
    {
        QueueLimits limits = new() { Messages = 1, MessageSize = 8 };
        string folder = Directory.CreateTempSubdirectory("ipcscope-refused").FullName;
        using var script = new Script($$"""use POSIX; POSIX::mkfifo("{{folder}}/fifo", 0600); open(my $f, "+<", "{{folder}}/fifo")""");
        int segment = Check(shmget(0, 4096, Create | 0x180));
        Check(close(Check(mq_open(Name, OpenCreate | OpenReadWrite, 0x180, &limits))));
        try
        {
            using ObjectReader reader = ObjectReader.Load(BrokenImage.WithBroken(program));
            MissingPart missing = Assert.Single(reader.Missing);
            Assert.Equal(part, missing.Name);
            Assert.StartsWith($"cannot load {program}: EACCES", missing.Why, StringComparison.Ordinal);
            IReadOnlyList<IpcObject> all = reader.Read();
            Assert.Equal(left, string.Join(", ", Found(all, segment, folder)));
        }
        finally
        {
            Check(mq_unlink(Name));
            Directory.Delete(folder, recursive: true);
            Check(shmctl(segment, Remove, null));
        }
    }

    private static IEnumerable<string> Found(IReadOnlyList<IpcObject> all, int segment, string folder)
    {
        if (all.Any(o => o.Mechanism == Mechanism.SysvShm && o.Id == segment && o.Place.Length == 0))
        {
            yield return "sysv";
        }
        if (all.SingleOrDefault(o => o.Mechanism == Mechanism.Mq && o.Name == Name && o.Place.Length == 0) is { } queue)
        {
            yield return queue.State == ObjectState.Orphan ? "mq orphan" : "mq";
        }
        if (all.Any(o => o.Mechanism == Mechanism.Fifo && o.Name == $"{folder}/fifo"))
        {
            yield return "fifo";
        }
    }
}
