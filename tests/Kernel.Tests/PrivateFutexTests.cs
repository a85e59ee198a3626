using System.Diagnostics;
using System.Globalization;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Process = System.Diagnostics.Process;

namespace Ipcscope.KernelTests;

/// <summary>Futexes within one process: counted when asked for, else not.</summary>
public sealed class PrivateFutexTests
{
    private const int Wakes = 1000;
    private const int Waits = 10;

    // futex is call 202; 129 is FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 128 FUTEX_WAIT with it: the word is 0, so waiting for 1 is EAGAIN.
    private static readonly string Script = $"""
        import ctypes
        call = ctypes.CDLL(None).syscall
        word = ctypes.c_int(0)
        for i in range({Wakes}): call(202, ctypes.byref(word), 129, 1, None, None, 0)
        for i in range({Waits}): call(202, ctypes.byref(word), 128, 1, None, None, 0)
        print(ctypes.addressof(word))
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheyAreCountedWhenAskedFor(bool asked)
    {
        using CaptureSession capture = CaptureSession.Start(new CaptureOptions
        {
            PrivateFutexes = asked,
            Filter = new KernelFilter { Mechanisms = [Mechanism.Futex] },
        });
        (uint pid, ulong address) = Run();
        capture.Drain();
        FlowSample[] flows = [];
        int count = capture.Flows.CopyFlows(ref flows);
        FlowSample[] own = [.. flows.Take(count).Where(flow => flow.Process.Key.Pid == pid && flow.Channel.Key.Inode == address)];
        Assert.Equal(
            asked ? [(Operation.Wait, 0UL, (ulong)Waits), (Operation.Wake, (ulong)Wakes, 0UL)] : [],
            own.Select(flow => (flow.Operation, flow.Counters.Operations(), flow.Counters.WouldBlock)).Order());
    }

    private static (uint Pid, ulong Address) Run()
    {
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardOutput = true })!;
        string address = python.StandardOutput.ReadToEnd();
        Assert.True(python.WaitForExit(TimeSpan.FromSeconds(30)));
        return ((uint)python.Id, ulong.Parse(address.Trim(), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
