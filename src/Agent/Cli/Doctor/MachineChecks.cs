using System.Runtime.InteropServices;
using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>The checks that read what the machine says of itself, in the order in which they are shown.</summary>
internal static class MachineChecks
{
    private const string Btf = "/sys/kernel/btf/vmlinux";
    private const string NoAdvice = "no program can be loaded";

    /// <summary>The pid namespace that pids of the kernel belong to: PROC_PID_INIT_INO, include/linux/proc_ns.h.</summary>
    private const string FirstPidNamespace = "pid:[4026531836]";

    /// <summary>All of them.</summary>
    /// <param name="attachment">Where system calls are to be seen.</param>
    public static IReadOnlyList<Func<Finding>> All(Attachment attachment) =>
    [
        Kernel, TypeInformation, Capabilities, PrivilegeCheck.Check, Lockdown, TraceFileSystem, () => AttachmentCheck.Check(attachment), Compiler, Unprivileged, PidNamespace,
        TracerCheck.Check,
    ];

    // A version decides nothing: distributions carry features back. It tells whoever reads a report.
    private static Finding Kernel() =>
        Finding.Ok("kernel", $"{KernelFile.Read("/proc/sys/kernel/osrelease") ?? "unknown"} {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");

    private static Finding TypeInformation()
    {
        const string Name = "BTF";
        try
        {
            using FileStream file = File.OpenRead(Btf);
            return Finding.Ok(Name, $"{Btf}, {Units.Size((ulong)file.Length)}");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Finding.Fail(
                Name, ExitStatus.KernelLacks, $"there is no {Btf}",
                $"{NoAdvice}: programs find the kernel's fields by it (boot a kernel with CONFIG_DEBUG_INFO_BTF=y; in a container mount /sys)");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(Name, ExitStatus.NotPermitted, $"{Btf} cannot be read: {fault.Message}", $"{NoAdvice} (run with sudo)");
        }
    }

    private static Finding Capabilities()
    {
        const string Name = "capabilities";
        List<string> missing = Requirements.MissingCapabilities();
        return missing.Count == 0
            ? Finding.Ok(Name, "all that loading needs")
            : Finding.Fail(
                Name, ExitStatus.NotPermitted, $"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing",
                $"{NoAdvice} ({Requirements.Advise(missing)})");
    }

    private static Finding Lockdown()
    {
        const string Name = "lockdown";
        string state = KernelFile.Read("/sys/kernel/security/lockdown") ?? "";
        return Requirements.IsLockedDown()
            ? Finding.Fail(
                Name, ExitStatus.NotPermitted, "the kernel is locked down for confidentiality",
                "programs may not read the kernel's memory (boot without lockdown=confidentiality; lockdown=integrity is fine)")
            : Finding.Ok(Name, state.Contains("[integrity]", StringComparison.Ordinal) ? "integrity: allows what is needed" : "none");
    }

    private static Finding TraceFileSystem()
    {
        const string Name = "tracefs";
        string? mounted = RunningKernel.FindTraceFileSystem();
        return mounted is not null
            ? Finding.Ok(Name, mounted)
            : Finding.Warn(
                Name, "is not mounted, or may not be read",
                "nothing where programs attach without it: the check of the attachment tells (mount -t tracefs tracefs /sys/kernel/tracing)");
    }

    private static Finding Compiler()
    {
        const string Name = "JIT";
        return KernelFile.Read("/proc/sys/net/core/bpf_jit_enable") == "0"
            ? Finding.Warn(Name, "is off", "programs are interpreted: each call costs several times as much (sysctl net.core.bpf_jit_enable=1)")
            : Finding.Ok(Name, "programs are compiled");
    }

    private static Finding Unprivileged() => KernelFile.Read("/proc/sys/kernel/unprivileged_bpf_disabled") switch
    {
        "0" => Finding.Warn(
            "unprivileged", "any user may load programs", "nothing for ipcscope; most distributions forbid it (sysctl kernel.unprivileged_bpf_disabled=2)"),
        _ => Finding.Ok("unprivileged", "other users may not load programs"),
    };

    private static Finding PidNamespace()
    {
        const string Name = "pid namespace";
        string? own = KernelFile.Link("/proc/self/ns/pid");
        return own is null or FirstPidNamespace
            ? Finding.Ok(Name, "the first one")
            : Finding.Warn(
                Name, "not the first one: this is a container",
                "pids are shown as the host counts them, and the executables of other containers are unknown (hostPID: true, or --pid=host)");
    }
}
