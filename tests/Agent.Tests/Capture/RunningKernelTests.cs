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
    public void KernelsWithoutTaskStorageGetTheFormThatNeedsNone()
    {
        RunningKernel old = Kernel with { DoesWithout = ["bpf_task_storage_get"] };
        Assert.Equal(ProgramImage.NoTaskStorage, old.Image);
        Assert.False(old.TimesQueues);
        Assert.True(Kernel.TimesQueues);
    }

    [Fact]
    public void KernelsThatCannotRunTheProgramsAreRefusedByName()
    {
        CaptureException refusal = Assert.Throws<CaptureException>(() => (Kernel with { Lacks = ["bpf_ringbuf_reserve", "bpf_iter_task_file"] }).ReadImage());
        Assert.Equal(3, refusal.ExitStatus);
        Assert.Contains("no bpf_ringbuf_reserve and no bpf_iter_task_file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExitsAreAttachedFirst_WhereTheKernelAndTheOptionsSay()
    {
        RunningKernel with = Kernel with { HasCallFunctions = true };
        Assert.Equal(["ipcscope_exit", "ipcscope_enter"], with.CallPrograms(Attachment.Tracepoints));
        Assert.Equal(["ipcscope_exit_event", "ipcscope_enter_event"], (with with { PreemptsTracepoints = true }).CallPrograms(Attachment.Tracepoints));
        Assert.Equal(
            ["ipcscope_exit_function", "ipcscope_ia32_exit", "ipcscope_enter_function", "ipcscope_ia32_enter"], with.CallPrograms(Attachment.Functions));
        CaptureException refusal = Assert.Throws<CaptureException>(() => Kernel.CallPrograms(Attachment.Functions));
        Assert.Equal(3, refusal.ExitStatus);
        Assert.Contains("x64_sys_call", refusal.Message, StringComparison.Ordinal);
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
