using System.Runtime.CompilerServices;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// ZeroMQ: threads of its own move the data, and programs wake them through eventfds. Both sides close in good order, so that each
/// has read what the other sent.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class ZeroMqTests(ProgramCaptures captures)
{
    [Theory]
    [InlineData(Mechanism.Unix)]
    [InlineData(Mechanism.Tcp)]
    public void BothEndsAndStraceCountTheSame(Mechanism mechanism)
    {
        using Scene scene = new(captures);
        string endpoint = mechanism == Mechanism.Unix ? $"ipc://{scene.File("socket")}" : $"tcp://127.0.0.1:{Loopback.FreePort()}";
        string[] command = ["/usr/bin/python3", Script(), endpoint]; // Debian's: it has Debian's modules
        uint[] plain = Pids(scene.Run(command));
        uint[] traced = Pids(scene.Run(StraceLog.Command(scene.File("log"), command)));
        scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            foreach (uint[] pair in (uint[][])[plain, traced])
            {
                foreach ((uint from, uint to) in (ReadOnlySpan<(uint, uint)>)[(pair[0], pair[1]), (pair[1], pair[0])])
                {
                    ulong sent = Total(sight, from, mechanism, Operation.Send).Bytes;
                    sight.AtLeast($"bytes that {from} sent", sent, "the messages", 199 * 200 / 2);
                    sight.Same($"bytes that {from} sent", sent, $"bytes that {to} received", Total(sight, to, mechanism, Operation.Receive).Bytes);
                }
            }
        }
    }

    private static Tally Total(Sight sight, uint pid, Mechanism mechanism, Operation operation) => Tally.Sum(sight.Entries
        .Where(entry => entry.Pid == pid && entry.Mechanism == mechanism && entry.Operation == operation)
        .Select(entry => entry.Tally));

    private static uint[] Pids(string printed) => [.. printed.Trim().Split(' ').Select(uint.Parse)];

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../programs/python/zeromq.py"));
}
