using Ipcscope.Bpf;

namespace Ipcscope.KernelTests;

/// <summary>What is read from the running kernel's types.</summary>
public sealed class KernelTypesTests
{
    [Theory]
    [InlineData("sys_enter", 2)]
    [InlineData("sched_process_fork", 2)]
    [InlineData("no_such_tracepoint", 0)]
    public void ArgumentsOfTracepointsAreCounted(string tracepoint, int arguments)
    {
        using KernelTypes types = KernelTypes.Load();
        Assert.Equal(arguments, types.TracepointArguments(tracepoint));
    }
}
