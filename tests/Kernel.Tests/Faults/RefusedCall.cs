using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>Starts the binary where bpf(2) refuses one thing each time it is asked: tests/workloads/faults/refuse.c.</summary>
/// <param name="Command">The command of bpf(2), include/uapi/linux/bpf.h.</param>
/// <param name="Name">How the name of the map or program begins; empty: any.</param>
/// <param name="Errno">What it fails with.</param>
internal sealed record RefusedCall(int Command, string Name, int Errno)
{
    // enum bpf_cmd
    internal const int CreateMap = 0;
    internal const int UpdateMap = 2;
    internal const int Load = 5;
    internal const int LoadTypes = 18;
    internal const int Link = 28;
    internal const int Iterate = 33;

    // errno
    internal const int NotPermitted = 1;
    internal const int NoMemory = 12;
    internal const int Invalid = 22;

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
