namespace Ipcscope.Privileges;

/// <summary>Capabilities that ipcscope has a use for, by their numbers (capabilities(7), include/uapi/linux/capability.h).</summary>
internal enum Capability
{
    /// <summary>CAP_DAC_OVERRIDE.</summary>
    DacOverride = 1,
    /// <summary>CAP_DAC_READ_SEARCH.</summary>
    DacReadSearch = 2,
    /// <summary>CAP_NET_BIND_SERVICE.</summary>
    NetBindService = 10,
    /// <summary>CAP_SYS_PTRACE.</summary>
    SysPtrace = 19,
    /// <summary>CAP_SYS_ADMIN: before 5.8 all of tracing; includes <see cref="Bpf"/> and <see cref="Perfmon"/> since.</summary>
    SysAdmin = 21,
    /// <summary>CAP_SYS_RESOURCE: raising RLIMIT_MEMLOCK.</summary>
    SysResource = 24,
    /// <summary>CAP_PERFMON.</summary>
    Perfmon = 38,
    /// <summary>CAP_BPF.</summary>
    Bpf = 39,
}
