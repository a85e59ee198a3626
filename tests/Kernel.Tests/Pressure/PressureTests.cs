using Ipcscope.Capture;
using Ipcscope.KernelTests.Faults;

namespace Ipcscope.KernelTests.Pressure;

/// <summary>Short forms of what docs/pressure.md tells: too much of everything, and no count is wrong.</summary>
[Collection(nameof(PressureWork))] // its processes have one name
public sealed class PressureTests
{
    [Fact]
    public void ManyOperations()
    {
        using CaptureSession session = Start();
        PressureWork.Do("move", 500_000);
        session.Stop();
        Assert.Equal((500_000UL, 500_000UL), PressureWork.Counted(session));
        Assert.Equal(new StageCount("table", 1_000_000, 1_000_000, 0), PressureWork.AssertExplained(session)["table"]);
    }

    [Fact]
    public void MoreFlowsThanSlots()
    {
        using CaptureSession session = Start(options => options with { MaxFlows = 1024 });
        PressureWork.Do("flows", 4_000);
        session.Stop();
        Assert.Equal((12_000UL, 12_000UL), PressureWork.Counted(session));
        StageCount table = PressureWork.AssertExplained(session)["table"];
        Assert.Equal((24_000UL, PressureWork.Lost(session, LossCause.FlowTableFull)), (table.Seen, table.Lost));
        // At least those that were there at once: slots of idle flows are taken back, but not within a second.
        Assert.InRange(table.Lost, 1UL, 24_000UL - 1);
    }

    [Fact]
    public void ManyChannels()
    {
        using CaptureSession session = Start(options => options with { MaxFlows = 4096 });
        PressureWork.Do("channels", 10_000);
        session.Stop();
        Assert.Equal((10_000UL, 10_000UL), PressureWork.Counted(session));
        Assert.Equal(20_000UL, PressureWork.AssertExplained(session)["table"].Seen);
    }

    [Fact]
    public void ManyProcesses()
    {
        using CaptureSession session = Start();
        PressureWork.Do("processes", 2_000);
        session.Stop();
        Assert.Equal((2_000UL, 2_000UL), PressureWork.Counted(session));
        Dictionary<string, StageCount> stages = PressureWork.AssertExplained(session);
        Assert.Equal((4_000UL, 2_001UL), (stages["table"].Seen, stages["identity"].Seen));
    }

    // Where one thread at a time finds a slot, what others do is not counted, and told: when its calls begin and when they end.
    [Fact]
    public void MoreThreadsThanSlots()
    {
        using CaptureSession session = Start(options => options with { Image = BrokenImage.WithThreads(1), Delivery = false });
        PressureWork.Do("processes", 500);
        session.Stop();
        (ulong writes, ulong reads) = PressureWork.Counted(session);
        ulong missing = 1_000 - writes - reads, slots = PressureWork.Lost(session, LossCause.Named("thread_slot"));
        Assert.InRange(missing, 1UL, slots);
        Assert.Equal(writes + reads, PressureWork.AssertExplained(session)["table"].Seen);
    }

    [Fact]
    public void ARingThatIsTooSmall()
    {
        ulong handed = 0;
        using CaptureSession session = Start(options => options with
        {
            RingBytes = 64 << 10,
            PollInterval = TimeSpan.FromMilliseconds(50),
            OnOperation = (in _) => handed++,
        });
        PressureWork.Do("move", 100_000);
        PressureWork.Do("channels", 1_000);
        session.Stop();
        Assert.Equal((101_000UL, 101_000UL), PressureWork.Counted(session));
        StageCount ring = PressureWork.AssertExplained(session)["ring"];
        Assert.Equal((202_000UL, handed, PressureWork.Lost(session, LossCause.RingFull)), (ring.Seen, ring.Counted, ring.Lost));
        Assert.NotEqual(0UL, ring.Lost);
        Assert.NotEqual(0UL, PressureWork.Lost(session, LossCause.RingFullFlow));
    }

    [Fact]
    public void ARingThatIsTooSmallForCounting()
    {
        using CaptureSession session = Start(options => options with { RingBytes = 64 << 10, CountInKernel = false });
        PressureWork.Do("move", 100_000);
        session.Stop();
        (ulong writes, ulong reads) = PressureWork.Counted(session);
        StageCount table = PressureWork.AssertExplained(session)["table"];
        Assert.Equal((writes + reads, 0UL), (table.Seen, table.Lost));
        Assert.Equal(200_000UL, table.Seen + PressureWork.Lost(session, LossCause.RingFull));
    }

    private static CaptureSession Start(Func<CaptureOptions, CaptureOptions>? change = null)
    {
        CaptureOptions options = new() { Filter = PressureWork.Filter };
        return CaptureSession.Start(change?.Invoke(options) ?? options);
    }
}
