namespace Ipcscope.Cli.Bench;

/// <summary>Where the two processes of a measurement run.</summary>
internal enum BenchPlacement
{
    /// <summary>Each on a processor of its own, if there are two.</summary>
    Apart,
    /// <summary>Both on one.</summary>
    Same,
}

/// <summary>The processors that this process may use.</summary>
internal static unsafe class BenchProcessors
{
    /// <summary>Numbers of processors for the first and the second process.</summary>
    public static (int First, int Second) Choose(BenchPlacement placement)
    {
        List<int> allowed = Allowed();
        // The first processor has most of the machine's interrupts.
        return (allowed[^1], placement == BenchPlacement.Apart && allowed.Count > 1 ? allowed[^2] : allowed[^1]);
    }

    /// <summary>Whether the two processes can go before all of normal priority, so that other work on the machine does not get between them.</summary>
    public static bool IsRealTimePermitted()
    {
        int priority = 1;
        bool permitted = LibC.sched_setscheduler(0, LibC.SCHED_FIFO, &priority) == 0;
        priority = 0;
        _ = LibC.sched_setscheduler(0, LibC.SCHED_OTHER, &priority);
        return permitted;
    }

    private static List<int> Allowed() => ProcessorMask.OfThisThread()?.Numbers() is { Count: > 0 } allowed ? allowed : [0];
}
