using System.Text;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Objects;
using Ipcscope.Tests.Objects;
using Ipcscope.Volume;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.Tests.Export;

public sealed class ObjectFamiliesTests
{
    private static string Page(ObjectScrape scrape)
    {
        using MemoryStream stream = new();
        using (ExpositionWriter writer = new(stream.Write))
        {
            scrape.Write(writer, openMetrics: false);
            writer.Flush();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static ObjectScrape Scrape(Func<IReadOnlyList<IpcObject>> read, TimeProvider? time = null, VolumeEstimates? estimates = null) =>
        new(() => new FakeObjects(read), estimates, time ?? TimeProvider.System, NullLogger.Instance);

    private static IpcObject Shm(string name, ulong size, string kind = "") => FakeObjects.Memory with { Name = name, Kind = kind, IsNamed = kind != "memfd", Size = size };

    [Fact]
    public void What_exists_gives_exactly_these_lines()
    {
        using ObjectScrape scrape = Scrape(() => [FakeObjects.Queue, FakeObjects.Set, FakeObjects.Segment, FakeObjects.Memory, Shm("/a\"b", 64)]);
        scrape.Update();
        Assert.Equal(
            [
                "ipc_queue_messages{mechanism=\"mq\",object=\"/orders\"} 10",
                "ipc_queue_bytes{mechanism=\"mq\",object=\"/orders\"} 4096",
                "ipc_queue_limit_messages{mechanism=\"mq\",object=\"/orders\"} 10",
                "ipc_queue_limit_bytes{mechanism=\"mq\",object=\"/orders\"} 81920",
                "ipc_shared_memory_bytes{mechanism=\"sysv_shm\",object=\"5\"} 1048576",
                "ipc_shared_memory_bytes{mechanism=\"shm\",object=\"/a\\\"b\"} 64",
                "ipc_shared_memory_bytes{mechanism=\"shm\",object=\"other\"} 8192",
                "ipc_shared_memory_resident_bytes{mechanism=\"sysv_shm\",object=\"5\"} 65536",
                "ipc_shared_memory_resident_bytes{mechanism=\"shm\",object=\"/a\\\"b\"} 4096",
                "ipc_shared_memory_resident_bytes{mechanism=\"shm\",object=\"other\"} 4096",
                "ipc_shared_memory_processes{mechanism=\"sysv_shm\",object=\"5\"} 0",
                "ipc_shared_memory_processes{mechanism=\"shm\",object=\"/a\\\"b\"} 2",
                "ipc_shared_memory_processes{mechanism=\"shm\",object=\"other\"} 2",
                "ipc_orphans{mechanism=\"mq\"} 0",
                "ipc_orphans{mechanism=\"sysv_msg\"} 0",
                "ipc_orphans{mechanism=\"sysv_sem\"} 0",
                "ipc_orphans{mechanism=\"sysv_shm\"} 1",
                "ipc_orphans{mechanism=\"shm\"} 0",
            ],
            Page(scrape).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'));
        Assert.Equal(8, Exposition.Parse(Page(scrape)).Types.Count);
    }

    [Fact]
    public void The_largest_keep_their_names_and_sums_stay_exact()
    {
        IpcObject[] objects = [Shm("/small", 1), Shm("memfd:x", 1000, "memfd"), Shm("/large", 100), Shm("/middle", 10), Shm("/middle", 5), Shm("/tmp/x", 7, "tmpfs")];
        List<ObjectSeries> series = ObjectSeries.Fold(objects, budget: 2);
        Assert.Equal([("/large", 100UL, 2UL), ("/middle", 15UL, 4UL), ("other", 1008UL, 6UL)], series.Select(s => (s.Name, s.Bytes, s.Processes)));
    }

    [Fact]
    public void Objects_are_read_at_most_once_in_five_seconds()
    {
        int readings = 0;
        Cli.FakeClock clock = new();
        using ObjectScrape scrape = Scrape(() => { readings++; return []; }, clock);
        scrape.Update();
        clock.Advance(ObjectScrape.Interval - TimeSpan.FromMilliseconds(1));
        scrape.Update();
        Assert.Equal(1, readings);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        scrape.Update();
        Assert.Equal(2, readings);
    }

    [Fact]
    public void A_kernel_that_cannot_is_asked_once_and_the_families_are_left_out()
    {
        int attempts = 0;
        using ObjectScrape scrape = Scrape(() => { attempts++; throw new CaptureException(3, "no iterator"); });
        scrape.Update();
        scrape.Update();
        Assert.Equal((1, ""), (attempts, Page(scrape)));
    }

    [Fact]
    public void Mechanisms_of_a_queue_without_a_message_limit_have_no_such_line() =>
        Assert.DoesNotContain("limit_messages{", PageOf(FakeObjects.Queue with { Mechanism = Mechanism.SysvMsg, Id = 1, Key = 0x10 }), StringComparison.Ordinal);

    [Fact]
    public void The_volume_touched_is_shown_of_what_has_been_looked_at()
    {
        ChannelKey one = new(9, 1, 3), two = new(10, 1, 3), none = new(11, 1, 3);
        VolumeEstimates estimates = new();
        estimates.Store(77, new Dictionary<ChannelKey, ulong> { [one] = 4096, [two] = 0 });
        estimates.Store(78, new Dictionary<ChannelKey, ulong> { [one] = 100 });
        using ObjectScrape scrape = Scrape(
            () => [Shm("/one", 64) with { Memory = one }, Shm("/two", 64) with { Memory = two }, Shm("/none", 64) with { Memory = none }, Shm("memfd:x", 1, "memfd") with { Memory = one }],
            estimates: estimates);
        scrape.Update();
        Assert.Equal(
            [
                "ipc_shared_memory_touched_bytes_estimate{mechanism=\"shm\",object=\"/one\"} 4196",
                "ipc_shared_memory_touched_bytes_estimate{mechanism=\"shm\",object=\"/two\"} 0",
                "ipc_shared_memory_touched_bytes_estimate{mechanism=\"shm\",object=\"other\"} 4196",
            ],
            Page(scrape).Split('\n').Where(line => line.StartsWith("ipc_shared_memory_touched", StringComparison.Ordinal)));
        Assert.Equal(9, Exposition.Parse(Page(scrape)).Types.Count);
        estimates.Keep([78]);
        Assert.Equal(100UL, estimates.TouchedOf(Shm("/one", 64) with { Memory = one }));
        Assert.Equal(2, estimates.Looks);
    }

    private static string PageOf(IpcObject o)
    {
        using ObjectScrape scrape = Scrape(() => [o]);
        scrape.Update();
        return Page(scrape);
    }
}
