using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>Which of the ways to see system calls this kernel gets, and why.</summary>
internal static class AttachmentCheck
{
    private const string Name = "attachment";

    /// <summary>Asks the kernel and says what follows.</summary>
    internal static Finding Check()
    {
        try
        {
            return Describe(RunningKernel.Probe());
        }
        catch (BpfException fault)
        {
            return Finding.Warn(Name, fault.Message, "no program can be loaded");
        }
    }

    /// <summary>What follows from what a kernel can do.</summary>
    internal static Finding Describe(RunningKernel kernel)
    {
        if (kernel.Lacks.Count > 0)
        {
            return Finding.Fail(
                Name, ExitStatus.KernelLacks, $"this kernel has no {string.Join(" and no ", kernel.Lacks)}", "nothing can be observed (boot Linux 5.8 or later)");
        }
        string functions = kernel.HasCallFunctions ? "; it has the functions that aggregation.attachment: functions needs" : "";
        string reads = kernel.HasDirectLoads
            ? "kernel memory is read by plain loads"
            : "kernel memory is read by bpf_probe_read_kernel: it has no bpf_rdonly_cast (6.2)";
        reads += functions;
        if (kernel.DoesWithout.Count > 0)
        {
            return Finding.Warn(
                Name, $"raw tracepoints, by programs that do without {string.Join(", ", kernel.DoesWithout)}, which this kernel does not have; {reads}",
                "no times in queues and of answers, no list of calls that began before the start, no list of who maps shared memory; "
                + "all operations are counted as elsewhere (Linux 6.1 has what is missing)");
        }
        if (!kernel.PreemptsTracepoints)
        {
            return Finding.Ok(Name, $"raw tracepoints, which this kernel does not preempt; {reads}");
        }
        return kernel.CallsByEvent
            ? Finding.Ok(
                Name, "this kernel preempts raw tracepoints, and skips runs then: calls are seen by the events raw_syscalls/sys_enter and sys_exit, "
                + $"about 110 ns dearer for each; {reads}")
            : Finding.Warn(
                Name, $"this kernel preempts raw tracepoints, and skips runs then; the events that lose none need tracefs; {reads}",
                "up to half of all operations are lost under load (mount -t tracefs tracefs /sys/kernel/tracing)");
    }
}
