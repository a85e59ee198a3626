using Ipcscope.Bpf;
using Ipcscope.Config;

namespace Ipcscope.Privileges;

/// <summary>A capability that ipcscope uses after its programs are attached, and what is missing without it.</summary>
/// <param name="Capability">Which.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Without">What is missing without it.</param>
/// <param name="IsWanted">Whether these settings have a use for it.</param>
internal sealed record Need(Capability Capability, string Name, string Without, Func<AgentOptions, bool> IsWanted)
{
    private const int Eperm = 1;

    /// <summary>All of them. CAP_BPF and CAP_PERFMON, without which nothing can be loaded, are <see cref="Capture.Requirements"/>'.</summary>
    public static IReadOnlyList<Need> All { get; } =
    [
        new(Capability.SysPtrace, "CAP_SYS_PTRACE",
            "the executables of other users' processes stay unnamed, and of calls that began before the start, of polls and of locks it is not told who waits for whom", static _ => true),
        new(Capability.DacReadSearch, "CAP_DAC_READ_SEARCH",
            "tracefs cannot be read where only root may (kernels that preempt raw tracepoints need it), nor what lies in folders of others", static _ => true),
        new(Capability.SysAdmin, "CAP_SYS_ADMIN", "metrics.programTimes has no effect", static options => options.Metrics.ProgramTimes),
        new(Capability.DacOverride, "CAP_DAC_OVERRIDE", "mechanisms.shm.sampleVolume sees this user's own processes only", static options => options.SampleVolume),
        new(Capability.NetBindService, "CAP_NET_BIND_SERVICE", "ports below 1024 are refused", static options => options.Metrics.Listen.Port is > 0 and < 1024 || options.Api.Listen?.Port is > 0 and < 1024),
    ];

    /// <summary>
    /// What loading and attaching use, as far as the caller has it: CAP_SYS_RESOURCE before 5.11, whose maps count against RLIMIT_MEMLOCK; CAP_SYS_ADMIN for the types of
    /// modules (virtual sockets), and where it stands for the first two.
    /// </summary>
    public static CapabilitySet ForLoading { get; } = CapabilitySet.Of([Capability.Bpf, Capability.Perfmon, Capability.SysResource, Capability.SysAdmin]);

    /// <summary>What settings have a use for and the calling thread lacks.</summary>
    public static IEnumerable<Need> Missing(AgentOptions options)
    {
        CapabilitySet own = CapabilitySet.Effective;
        return All.Where(need => need.IsWanted(options) && !own.Has(need.Capability));
    }

    /// <summary>What is kept after the programs are attached. Settings that SIGHUP brings can use no more than that.</summary>
    public static unsafe CapabilitySet Kept(AgentOptions options)
    {
        CapabilitySet rest = CapabilitySet.Of(All.Where(need => need.IsWanted(options)).Select(static need => need.Capability));
        CapabilitySet all = CapabilitySet.Effective;
        // Before 5.19 bpf(2) refuses everything without CAP_BPF where the system says so: it is tried, with a map that does not exist.
        _ = rest.And(all).Use(all);
        uint nothing = 0;
        bool refused = LibBpf.bpf_map_lookup_elem(-1, &nothing, &nothing) == -Eperm;
        _ = all.Use(all);
        return refused ? new(rest.Bits | CapabilitySet.Of([Capability.Bpf]).Bits) : rest;
    }
}
