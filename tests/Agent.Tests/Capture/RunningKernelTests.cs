using Ipcscope.Capture;

namespace Ipcscope.Tests.Capture;

public sealed class RunningKernelTests
{
    private static readonly RunningKernel Kernel = new() { TracepointArguments = _ => 0, TraceFileSystem = "/sys/kernel/tracing" };

    [Fact]
    public void KernelsWithoutTheCastGetProbeReads()
    {
        Assert.Equal(ProgramImage.ProbeReads, Kernel.Image);
        Assert.Equal(ProgramImage.DirectLoads, (Kernel with { HasDirectLoads = true }).Image);
    }

    [Fact]
    public void KernelsThatCannotRunTheProgramsAreRefusedByName()
    {
        CaptureException refusal = Assert.Throws<CaptureException>(() => (Kernel with { Lacks = ["bpf_task_storage_get", "bpf_loop"] }).ReadImage());
        Assert.Equal(3, refusal.ExitStatus);
        Assert.Contains("no bpf_task_storage_get and no bpf_loop", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CallsAreSeenByEventsWhereRawTracepointsArePreempted()
    {
        RunningKernel preempting = Kernel with { PreemptsTracepoints = true };
        Assert.False(Kernel.CallsByEvent);
        Assert.True(preempting.CallsByEvent);
        Assert.False((preempting with { TraceFileSystem = null }).CallsByEvent);
    }
}
