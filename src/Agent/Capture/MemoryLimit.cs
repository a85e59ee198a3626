using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>RLIMIT_MEMLOCK (getrlimit(2)): until 5.11 the kernel counts the memory of maps against it, since then against the cgroup's.</summary>
internal static class MemoryLimit
{
    private const string Limits = "/proc/self/limits";

    // It came with the change of what is counted; libbpf tells the kernels apart by it, too (probe_memcg_account()).
    private const string FunctionSince = "bpf_ktime_get_coarse_ns";

    /// <summary>Whether maps are limited by it, and nobody but CAP_SYS_RESOURCE can raise it far enough.</summary>
    internal static bool Binds()
    {
        try
        {
            // Max locked memory     SOFT     HARD     bytes
            string hard = File.ReadLines(Limits).Single(line => line.StartsWith("Max locked memory", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
            using KernelTypes types = KernelTypes.Load();
            return hard != "unlimited" && !types.HasFunction(FunctionSince);
        }
        catch (Exception e) when (e is BpfException or IOException or UnauthorizedAccessException)
        {
            return false; // what cannot be told is found by loading
        }
    }
}
