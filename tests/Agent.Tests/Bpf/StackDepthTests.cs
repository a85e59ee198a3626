namespace Ipcscope.Tests.Bpf;

/// <summary>Kernels before 6.13 refuse a program whose chain of calls takes over 512 bytes, all refuse more than eight frames: seen here without booting one.</summary>
public sealed class StackDepthTests
{
    private const int MaxBytes = 512; // MAX_BPF_STACK
    private const int MaxFrames = 8;  // MAX_CALL_FRAMES

    [Theory]
    [InlineData("ipcscope")]
    [InlineData("ipcscope-probe-read")]
    [InlineData("ipcscope-no-task-storage")]
    public void Every_program_fits(string form)
    {
        var file = new ObjectFile(Repository.Path($"out/bpf/{form}.x86.bpf.o"));
        var frames = new StackFrames(file);
        StackFrames.Chain[] chains = [.. file.Functions.Where(function => function.Section != file.Text).Select(frames.Deepest)];
        Assert.True(chains.Length > 20, $"{chains.Length} programs");
        // Something is found at all: the deepest are known to be near the limit.
        Assert.InRange(chains.Max(chain => chain.Bytes), 256, MaxBytes);
        Assert.InRange(chains.Max(chain => chain.Frames), 4, MaxFrames);
    }
}
