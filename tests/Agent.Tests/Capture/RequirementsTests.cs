using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.Tests.Capture;

public sealed class RequirementsTests
{
    private const string Verifier = "R1 invalid mem access\nprocessed 7 insns (limit 1000000) …";

    [Theory]
    [InlineData("attach ipcscope_exit_event", 13, "", "ipcscope_exit_event", 4, "cannot attach ipcscope_exit_event: EACCES (the kernel lets root alone open events: sysctl kernel.perf_event_paranoid=2, or run with sudo)")]
    [InlineData("load ipcscope_exit_event", 13, Verifier, "ipcscope_exit_event", 3, "cannot load ipcscope_exit_event: EACCES: the verifier: R1 invalid mem access (this kernel lacks what is needed: ipcscope doctor tells what)")]
    [InlineData("attach ipcscope_exit", 1, "", "ipcscope_exit", 4, "cannot attach ipcscope_exit: EPERM (run with sudo, or give the container BPF and PERFMON)")]
    [InlineData("create maps", 12, "", "", 1, "cannot create maps: ENOMEM (the kernel has no memory for this: set a smaller aggregation.maxFlows, or give the container more memory)")]
    public void A_refused_call_is_explained(string operation, int errno, string log, string program, int status, string message)
    {
        CaptureException explained = Requirements.Explain(new BpfException(operation, errno, log, program));
        Assert.Equal((status, message), (explained.ExitStatus, explained.Message));
    }
}
