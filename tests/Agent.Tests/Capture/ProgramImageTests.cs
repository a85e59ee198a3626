using Ipcscope.Capture;

namespace Ipcscope.Tests.Capture;

public sealed class ProgramImageTests
{
    [Fact]
    public void KernelsWithoutTheCastGetProbeReads()
    {
        Assert.Equal(ProgramImage.DirectLoads, ProgramImage.Choose(name => name == "bpf_rdonly_cast"));
        Assert.Equal(ProgramImage.ProbeReads, ProgramImage.Choose(_ => false));
    }
}
