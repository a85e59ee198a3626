using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>Starts the binary where bpf(2) refuses one thing each time it is asked: tests/workloads/faults/refuse.c.</summary>
/// <param name="Command">The command of bpf(2), include/uapi/linux/bpf.h.</param>
/// <param name="Name">How the name of the map or program begins; empty: any.</param>
/// <param name="Errno">What it fails with.</param>
internal sealed record RefusedCall(int Command, string Name, int Errno)
{
    internal const int CreateMap = 0, UpdateMap = 2, Load = 5, ReadInfo = 15, LoadTypes = 18, Freeze = 22, Link = 28, Iterate = 33, BindMap = 35;
    internal const int NotPermitted = 1, NoMemory = 12, Invalid = 22;

    private static readonly string Library = Workload.FullPath("refuse.so");

    /// <summary>What starts it.</summary>
    internal string[] Prefix => ["env", $"LD_PRELOAD={Library}", $"REFUSE_BPF={Command}:{Name}:{Errno}"];

    /// <summary>Every kind of call that a start makes, and what for.</summary>
    internal static IEnumerable<(int Command, string Name)> All(string file, IReadOnlyList<string> command)
    {
        Binary.RunAny(["env", $"LD_PRELOAD={Library}", $"BPF_CALLS={file}", .. command]).AssertStatus(0);
        return File.ReadLines(file).Select(line => line.Split(' ', 2)).Select(words => (int.Parse(words[0]), words[1])).Distinct();
    }
}
