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
    public void ExitsAreSeenByTheEventWhereRawTracepointsArePreempted()
    {
        RunningKernel preempting = Kernel with { PreemptsTracepoints = true };
        Assert.False(Kernel.ExitsByEvent);
        Assert.True(preempting.ExitsByEvent);
        Assert.False((preempting with { TraceFileSystem = null }).ExitsByEvent);
    }
}
