using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class AttachmentCheckTests
{
    private static readonly RunningKernel Kernel = new() { TracepointArguments = _ => 0 };

    [Fact]
    public void KernelsThatSkipRunsWithoutTracefsAreWarnedOf()
    {
        Finding finding = AttachmentCheck.Describe(Kernel with { PreemptsTracepoints = true }, Attachment.Tracepoints);
        Assert.Equal(Verdict.Warn, finding.Verdict);
        Assert.Contains("mount -t tracefs", finding.Cost, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAKernelLacksIsNamed()
    {
        Finding finding = AttachmentCheck.Describe(Kernel with { Lacks = ["bpf_loop"] }, Attachment.Tracepoints);
        Assert.Equal((Verdict.Fail, 3), (finding.Verdict, finding.Status));
        Assert.Contains("bpf_loop", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotWorkOnOldKernelsIsSaid()
    {
        Finding finding = AttachmentCheck.Describe(Kernel with { DoesWithout = ["bpf_loop"] }, Attachment.Tracepoints);
        Assert.Equal((Verdict.Warn, 0), (finding.Verdict, finding.Status));
        Assert.Contains("bpf_loop", finding.Detail, StringComparison.Ordinal);
        Assert.Contains("no times in queues", finding.Cost, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasChosenIsSaidAndWhy()
    {
        Finding plain = AttachmentCheck.Describe(Kernel with { HasDirectLoads = true }, Attachment.Tracepoints);
        Finding mixed = AttachmentCheck.Describe(Kernel with { PreemptsTracepoints = true, TraceFileSystem = "/sys/kernel/tracing" }, Attachment.Tracepoints);
        Assert.Equal(Verdict.Ok, plain.Verdict);
        Assert.Contains("plain loads", plain.Detail, StringComparison.Ordinal);
        Assert.Equal(Verdict.Ok, mixed.Verdict);
        Assert.Contains("raw_syscalls/sys_enter and sys_exit", mixed.Detail, StringComparison.Ordinal);
        Assert.Contains("bpf_probe_read_kernel", mixed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChoiceHasItsPrice()
    {
        foreach (RunningKernel kernel in (RunningKernel[])[Kernel, Kernel with { DoesWithout = ["bpf_loop"] }, Kernel with { PreemptsTracepoints = true }, Kernel with { PreemptsTracepoints = true, TraceFileSystem = "/sys/kernel/tracing" }])
        {
            Assert.Contains(" ns on each system call", AttachmentCheck.Describe(kernel, Attachment.Tracepoints).Cost, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FunctionsAreSaidWhereTheyAreChosen()
    {
        Finding there = AttachmentCheck.Describe(Kernel with { HasCallFunctions = true }, Attachment.Functions);
        Assert.Equal(Verdict.Ok, there.Verdict);
        Assert.StartsWith("around the functions", there.Detail, StringComparison.Ordinal);
        Assert.Contains("preempt=full", there.Cost, StringComparison.Ordinal);
        Finding absent = AttachmentCheck.Describe(Kernel, Attachment.Functions);
        Assert.Equal((Verdict.Fail, 3), (absent.Verdict, absent.Status));
    }
}
