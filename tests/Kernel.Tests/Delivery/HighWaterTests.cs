using System.Diagnostics;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Delivery;

/// <summary>The most that ever lay in a channel, against what a program put there before it read.</summary>
public sealed class HighWaterTests
{
    private const string Pipe = "import os; r, w = os.pipe()\nfor n in (3, 10, 2):\n for i in range(n): os.write(w, b'x' * 100)\n os.read(r, 50)\n os.read(r, 4096)";
    private const string Datagrams = "import socket; a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nfor n in (2, 7, 1):\n for i in range(n): a.send(b'x' * 100)\n for i in range(n): b.recv(100)";
    private const string Stream = "import socket; a, b = socket.socketpair()\nfor n in (1, 9, 2):\n for i in range(n): a.send(b'x' * 64)\n b.recv(4096, socket.MSG_PEEK)\n b.recv(4096)";

    [Theory]
    [InlineData(Pipe, Mechanism.Pipe, false, 1000ul)]
    [InlineData(Datagrams, Mechanism.Unix, true, 7ul)]
    [InlineData(Stream, Mechanism.Unix, false, 576ul)]
    public void TheMostThatLayThereIsKept(string program, Mechanism mechanism, bool messages, ulong expected)
    {
        using var capture = CaptureSession.Start(new CaptureOptions());
        using var python = System.Diagnostics.Process.Start(new ProcessStartInfo("python3", ["-c", $"{program}\ninput()"]) { RedirectStandardInput = true, Environment = { ["PYTHONNOUSERSITE"] = "1" } })!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => Marks(capture, (uint)python.Id, mechanism).Any(channel => channel.HighWater == expected), TimeSpan.FromSeconds(10)),
                string.Join(' ', Marks(capture, (uint)python.Id, mechanism).Select(channel => $"{channel.Name}={channel.HighWater}")));
            Assert.All(Marks(capture, (uint)python.Id, mechanism).Where(channel => channel.HighWater == expected), channel => Assert.Equal(messages, channel.IsOfMessages));
        }
        finally
        {
            python.StandardInput.Close();
            python.WaitForExit();
        }
    }

    private static Channel[] Marks(CaptureSession capture, uint pid, Mechanism mechanism)
    {
        capture.Drain();
        FlowSample[] flows = [];
        int count = capture.Flows.CopyFlows(ref flows);
        return [.. flows.Take(count).Where(flow => flow.Process.Key.Pid == pid && flow.Channel.Mechanism == mechanism).Select(flow => flow.Channel).Distinct()];
    }
}
