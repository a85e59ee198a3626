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
    /// <summary>Bytes of a mask of 1,024 processors, as glibc's cpu_set_t.</summary>
    public const int MaskSize = 128;

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

    private static List<int> Allowed()
    {
        byte* mask = stackalloc byte[MaskSize];
        new Span<byte>(mask, MaskSize).Clear();
        List<int> allowed = LibC.sched_getaffinity(0, MaskSize, mask) < 0 ? [] : Numbers(new Span<byte>(mask, MaskSize));
        return allowed.Count > 0 ? allowed : [0];
    }

    private static List<int> Numbers(ReadOnlySpan<byte> mask)
    {
        List<int> numbers = [];
        for (int cpu = 0; cpu < mask.Length * 8; cpu++)
        {
            if ((mask[cpu / 8] >> (cpu % 8) & 1) != 0)
            {
                numbers.Add(cpu);
            }
        }
        return numbers;
    }
}
