using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>Which of the ways to see system calls this kernel gets, why, and what it costs.</summary>
internal static class AttachmentCheck
{
    private const string Name = "attachment";

    // As measured on 6.18, in the README: a call that is no IPC, and one through a pipe.
    private const string Price = "about 160 ns on each system call of any process, 200 to 400 ns on one that is IPC";

    /// <summary>Asks the kernel and says what follows.</summary>
    internal static Finding Check(Attachment attachment)
    {
        try
        {
            return Describe(RunningKernel.Probe(), attachment);
        }
        catch (BpfException fault)
        {
            return Finding.Warn(Name, fault.Message, "no program can be loaded");
        }
    }

    /// <summary>What follows from what a kernel can do, and what is wanted.</summary>
    internal static Finding Describe(RunningKernel kernel, Attachment attachment)
    {
        if (kernel.Lacks.Count > 0)
        {
            return Finding.Fail(
                Name, ExitStatus.KernelLacks, $"this kernel has no {string.Join(" and no ", kernel.Lacks)}", "nothing can be observed (boot Linux 5.8 or later)");
        }
        string reads = kernel.HasDirectLoads
            ? "kernel memory is read by plain loads"
            : "kernel memory is read by bpf_probe_read_kernel: it has no bpf_rdonly_cast (6.2)";
        if (attachment == Attachment.Functions)
        {
            return Around(kernel, reads);
        }
        reads += kernel.HasCallFunctions ? "; it has the functions that aggregation.attachment: functions needs" : "";
        if (kernel.DoesWithout.Count > 0)
        {
            return Finding.Warn(
                Name, $"raw tracepoints, by programs that do without {string.Join(", ", kernel.DoesWithout)}, which this kernel does not have; {reads}",
                $"{Price}, and what a hash map of threads adds; no times in queues and of answers, no list of calls that began before the start, "
                + "no list of who maps shared memory; all operations are counted as elsewhere (Linux 6.1 has what is missing)");
        }
        if (!kernel.PreemptsTracepoints)
        {
            return Finding.Ok(Name, $"raw tracepoints, which this kernel does not preempt; {reads}", Price);
        }
        return kernel.CallsByEvent
            ? Finding.Ok(
                Name, "this kernel preempts raw tracepoints, and skips runs then: calls are seen by the events raw_syscalls/sys_enter and sys_exit, which lose none of them; "
                + reads, $"{Price}, and about 110 ns more for the entry and for the exit of each")
            : Finding.Warn(
                Name, $"raw tracepoints, which this kernel preempts, and skips runs then; the events that lose none need tracefs; {reads}",
                $"up to half of all operations are lost under load (mount -t tracefs tracefs /sys/kernel/tracing); {Price}");
    }

    // Whether the host lets programs to them is found by loading them: the next checks do.
    private static Finding Around(RunningKernel kernel, string reads) => kernel.HasCallFunctions
        ? Finding.Ok(
            Name, $"around the functions that perform system calls, as aggregation.attachment says; {reads}",
            "the two programs themselves, on each system call: none goes the slower way of tracepoints. A kernel that preempts itself (preempt=full) skips runs, which are counted")
        : Finding.Fail(
            Name, ExitStatus.KernelLacks, "this kernel does not have the functions that aggregation.attachment: functions needs",
            "nothing can be observed (set aggregation.attachment: tracepoints)");
}
