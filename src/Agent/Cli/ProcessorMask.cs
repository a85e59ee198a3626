using System.Runtime.CompilerServices;

namespace Ipcscope.Cli;

/// <summary>A set of processors, as sched_setaffinity(2) takes it.</summary>
[InlineArray(Bytes)]
internal unsafe struct ProcessorMask
{
    private const int Bytes = 1024; // 8192 processors, CONFIG_NR_CPUS at most

    private byte _first;

    /// <summary>Those that the calling thread may run on; null: the kernel does not tell.</summary>
    public static ProcessorMask? OfThisThread()
    {
        ProcessorMask mask = default;
        return LibC.sched_getaffinity(0, Bytes, (byte*)&mask) >= 0 ? mask : null;
    }

    /// <summary>One alone.</summary>
    public static ProcessorMask Only(int processor)
    {
        ProcessorMask mask = default;
        mask[processor / 8] = (byte)(1 << (processor % 8));
        return mask;
    }

    /// <summary>Lets the calling thread run on these alone; false: the kernel refuses, and errno says why.</summary>
    public readonly bool Apply()
    {
        fixed (byte* start = &_first)
        {
            return LibC.sched_setaffinity(0, Bytes, start) == 0;
        }
    }

    /// <summary>Their numbers.</summary>
    public readonly List<int> Numbers()
    {
        List<int> numbers = [];
        for (int processor = 0; processor < Bytes * 8; processor++)
        {
            if ((this[processor / 8] & (1 << (processor % 8))) != 0)
            {
                numbers.Add(processor);
            }
        }
        return numbers;
    }
}
