using System.Diagnostics;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Judge;

/// <summary>What there is without a capture: the snapshot's ends, the calls that threads sleep in. And that a capture leaves nothing behind.</summary>
internal static class Standing
{
    private const string Native = "ipcscope-waits";
    private const string Compat = "ipcscope-waits32";
    private const int Attempts = 1200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100); // the kernel frees programs a moment after their last holder has gone

    private static readonly (string Program, string Scene, string Role, Mechanism Mechanism, Operation Operation)[] Blocked =
    [
        (Native, "full-pipe", "writer", Mechanism.Pipe, Operation.Write),
        (Native, "full-unix", "writer", Mechanism.Unix, Operation.Send),
        (Native, "full-tcp", "writer", Mechanism.Tcp, Operation.Send),
        (Native, "full-mq", "writer", Mechanism.Mq, Operation.Send),
        (Native, "full-sysv-msg", "writer", Mechanism.SysvMsg, Operation.Send),
        (Native, "held-set", "waiter", Mechanism.SysvSem, Operation.Wait),
        (Native, "held-mutex", "waiter", Mechanism.Futex, Operation.Wait),
        (Native, "idle-servers", "accepts", Mechanism.Unix, Operation.Accept),
        (Native, "far-calls", "reader", Mechanism.Fifo, Operation.Open),
        (Native, "far-calls", "server", Mechanism.Unix, Operation.Accept),
        (Compat, "full-unix", "writer", Mechanism.Unix, Operation.Send),
        (Compat, "held-set", "waiter", Mechanism.SysvSem, Operation.Wait),
        (Compat, "far-calls", "server", Mechanism.Unix, Operation.Accept), // by socketcall
    ];

    /// <summary>All of it: what failed of each; null: nothing.</summary>
    internal static IEnumerable<(string Name, string? Fault)> Perform(string workloads, bool compat)
    {
        yield return ("snapshot", Snapshot());
        // Loaded once for all: emulated, verifying takes longer than all that is looked at.
        using var observer = new WaitObserver(EndReader.Load);
        using var probes = Probes.LoadCalls();
        var calls = new CallReader(probes.AttachIterator(Probes.Calls));
        foreach (var (program, scene, role, mechanism, operation) in Blocked.Where(blocked => compat || blocked.Program != Compat))
        {
            yield return ($"{program}/{scene}/{role}", Calls(Path.Combine(workloads, program), scene, role, (mechanism, operation), observer, calls));
        }
    }

    /// <summary>Whether all programs have gone, once no capture is there any more.</summary>
    internal static string? Detach()
    {
        List<string> left = [];
        for (int i = 0; i < Attempts; i++)
        {
            left = [.. OtherTracers.All().Where(name => name.StartsWith("ipcscope_", StringComparison.Ordinal))];
            if (left.Count == 0)
            {
                return null;
            }
            Thread.Sleep(Pause);
        }
        return $"still there: {string.Join(' ', left)}";
    }

    private static string? Snapshot()
    {
        using var output = new AnonymousPipeServerStream(PipeDirection.Out);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using Socket server = listener.AcceptSocket();
        using var reader = EndReader.Load();
        ChannelEnds ends = reader.Read();
        Descriptor Own(nint fd) => ends.Descriptors.Single(descriptor => descriptor.Pid == Environment.ProcessId && descriptor.Fd == fd);
        Descriptor pipe = Own(output.SafePipeHandle.DangerousGetHandle()), first = Own(client.Client.Handle), second = Own(server.Handle);
        return (pipe.Writable, pipe.Readable, pipe.Info.Mechanism) != (true, false, Mechanism.Pipe) ? $"the pipe is not what it is: {pipe}"
            : !ends.Readers(pipe.Key).Any(end => end.Process.Pid == Environment.ProcessId && end.Certainty == Certainty.Exact) ? "nobody reads from the pipe"
            : ends.Peer(first.Key) != second.Key || ends.Peer(second.Key) != first.Key ? "the ends of a connection do not find each other"
            : null;
    }

    private static string? Calls(string program, string scene, string role, (Mechanism, Operation) expected, WaitObserver observer, CallReader calls)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, scene) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        uint pid = 0;
        while (process.StandardOutput.ReadLine() is { } line && line != "ready")
        {
            string[] words = line.Split(' ');
            pid = words[0] == role ? uint.Parse(words[1]) : pid;
        }
        Wait[] found = [.. observer.Look(calls.Read(), everyThread: true).Waits.Where(wait => wait.Call.Pid == pid)];
        process.StandardInput.Close();
        process.WaitForExit();
        return found is [{ Call: { IsFromBefore: true, State: CallState.Asleep } call }] && (call.Flow.Mechanism, call.Flow.Operation) == expected ? null
            : $"found of {role}: {(found.Length == 0 ? "nothing" : string.Join("; ", found.Select(wait => wait.Call)))}";
    }
}
