using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Privileges;

namespace Ipcscope.Capture;

/// <summary>What a capture needs of machine and caller, and what its lack means in words.</summary>
internal static class Requirements
{
    private const string Btf = "/sys/kernel/btf/vmlinux";
    private const string Lockdown = "/sys/kernel/security/lockdown";
    private const string SysResource = "CAP_SYS_RESOURCE";
    private const int KernelLacks = 3;
    private const int NotPermitted = 4;
    private const int Failed = 1;
    private const int NoMemory = 12; // ENOMEM
    private const int NoAccess = 13; // EACCES

    private static readonly (Capability Capability, string Name)[] Needed = [(Capability.Bpf, "CAP_BPF"), (Capability.Perfmon, "CAP_PERFMON")];

    /// <summary>Checks what is better said before than by a failed load.</summary>
    /// <exception cref="CaptureException">Something is missing.</exception>
    internal static void Check()
    {
        if (MissingCapabilities() is { Count: > 0 } missing)
        {
            throw new CaptureException(
                NotPermitted, $"cannot load eBPF programs: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing ({Advise(missing)})");
        }
        if (!File.Exists(Btf))
        {
            throw new CaptureException(KernelLacks, $"cannot load eBPF programs: this kernel has no type information at {Btf} "
                + "(it needs CONFIG_DEBUG_INFO_BTF=y, as distributions' kernels have since 2021; in a container, /sys must be mounted)");
        }
        if (IsLockedDown())
        {
            throw new CaptureException(NotPermitted, "cannot load eBPF programs: the kernel is locked down for confidentiality "
                + "(boot without lockdown=confidentiality; lockdown=integrity is fine)");
        }
    }

    /// <summary>The capabilities that loading needs and the caller lacks (capabilities(7)); CAP_SYS_ADMIN includes the first two.</summary>
    internal static List<string> MissingCapabilities()
    {
        CapabilitySet effective = LoadingThread.Run(static () => CapabilitySet.Effective);
        List<string> missing = effective.Has(Capability.SysAdmin) ? [] : [.. Needed.Where(need => !effective.Has(need.Capability)).Select(need => need.Name)];
        if (!effective.Has(Capability.SysResource) && MemoryLimit.Binds())
        {
            missing.Add(SysResource);
        }
        return missing;
    }

    /// <summary>What to do where capabilities are missing.</summary>
    internal static string Advise(List<string> missing) => missing.Contains(SysResource)
        ? "run with sudo, or give the container BPF, PERFMON and SYS_RESOURCE: this kernel counts the memory of maps against RLIMIT_MEMLOCK, which has to be raised, or be unlimited before"
        : "run with sudo, or give the container BPF and PERFMON";

    /// <summary>Whether the kernel forbids reading its memory (kernel_lockdown(7)).</summary>
    internal static bool IsLockedDown()
    {
        try
        {
            return File.ReadAllText(Lockdown).Contains("[confidentiality]", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // no lockdown module, or securityfs not mounted: the load itself will tell
        }
    }

    /// <summary>What a refused call means, in words for people.</summary>
    internal static CaptureException Explain(BpfException error)
    {
        // Debian's kernel.perf_event_paranoid of 3 (its kernel/events/core.c): events want more than CAP_PERFMON.
        bool noEvents = error.Number == NoAccess && error.Verdict().Length == 0 && error.Program.EndsWith("_event", StringComparison.Ordinal);
        int status = error.Number switch
        {
            1 => NotPermitted, // EPERM
            _ when noEvents => NotPermitted,
            2 or 3 or 13 or 22 or 38 or 95 => KernelLacks, // ENOENT, ESRCH, EACCES (the verifier's no), EINVAL, ENOSYS, EOPNOTSUPP
            _ => Failed,
        };
        string advice = status switch
        {
            _ when RunningKernel.AroundFunctions.Contains(error.Program) => "this host lets no program be put around functions: set aggregation.attachment: tracepoints",
            _ when error.Number == NoMemory => "the kernel has no memory for this: set a smaller aggregation.maxFlows, or give the container more memory",
            _ when noEvents => "the kernel lets root alone open events: sysctl kernel.perf_event_paranoid=2, or run with sudo",
            NotPermitted => "run with sudo, or give the container BPF and PERFMON",
            KernelLacks => "this kernel lacks what is needed: ipcscope doctor tells what",
            _ => "ipcscope doctor tells more",
        };
        return new CaptureException(status, $"{error.Describe()} ({advice})", error);
    }
}
