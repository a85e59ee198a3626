using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Pressure;

/// <summary>Each cause of docs/losses.md that a small table, a small ring or strange memory can bring about: it is told, and what was counted stays exact.</summary>
[Collection(nameof(PressureWork))] // its processes have one name
public sealed class CauseTests
{
    private const int Slots = 64;

    [Fact]
    public void More_queues_and_channels_than_slots_lose_times_and_addresses_and_no_operation()
    {
        using CaptureSession session = Start(new CaptureOptions { MaxFlows = Slots });
        PressureWork.Do("flows", 500);
        session.Stop();
        Assert.Equal((1_500UL, 1_500UL), PressureWork.Counted(session));
        _ = PressureWork.AssertExplained(session);
        Assert.InRange(PressureWork.Lost(session, LossCause.Named("queue_table_full")), 500UL - (Slots / 4), 3_000UL);
        Assert.InRange(PressureWork.Lost(session, LossCause.Named("channel_full")), 500UL - Slots, 3_000UL);
    }

    // Two flows have two numbers each: for each of the others beyond the table there is one loss.
    [Fact]
    public void More_kinds_of_errors_than_entries_are_errors_of_another_number()
    {
        using CaptureSession session = Start(new CaptureOptions { MaxFlows = Slots });
        PressureWork.Do("errors", 50);
        session.Stop();
        Assert.Equal(100L, PressureWork.Series(session).Sum(static sample => (long)sample.Counters.Errors));
        _ = PressureWork.AssertExplained(session);
        Assert.Equal(100UL - Slots, PressureWork.Lost(session, LossCause.Named("error_full")));
    }

    [Fact]
    public void Beginnings_and_ends_that_find_no_room_lose_no_operation()
    {
        using CaptureSession session = Start(new CaptureOptions { RingBytes = 4 << 10, PollInterval = TimeSpan.FromSeconds(1) });
        PressureWork.Do("processes", 1_000);
        session.Stop();
        Assert.Equal((1_000UL, 1_000UL), PressureWork.Counted(session));
        _ = PressureWork.AssertExplained(session);
        Assert.NotEqual(0UL, PressureWork.Lost(session, LossCause.RingFullProcess));
    }

    // The kernel brings the vector in, after the program has looked: which futexes are in it stays unknown.
    [Fact]
    public void A_vector_of_futexes_that_is_not_in_memory_yet_is_told()
    {
        const int Calls = 20;
        using CaptureSession session = Start(new CaptureOptions { Filter = new() { Names = [PressureWork.Name], Mechanisms = [Mechanism.Futex] } });
        PressureWork.Do("vectors", Calls);
        session.Stop();
        Assert.Equal((ulong)Calls, PressureWork.Lost(session, LossCause.Named("unreadable")));
        _ = PressureWork.AssertExplained(session);
    }

    private static CaptureSession Start(CaptureOptions options) =>
        CaptureSession.Start(options.Filter != KernelFilter.None ? options : options with { Filter = PressureWork.Filter });
}
