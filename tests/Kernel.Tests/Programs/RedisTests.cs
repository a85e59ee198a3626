using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// redis-server and redis-benchmark. The benchmark ends when every request that it sent was answered and read, so that neither
/// direction holds anything when it closes its connections.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class RedisTests(ProgramCaptures captures)
{
    private const int Commands = 2; // set, get

    private readonly int _port = Loopback.FreePort();

    [Fact]
    public void BothEndsCountTheSame()
    {
        const int requests = 10_000;
        using Scene scene = new(captures);
        scene.Serve(Redis(scene));
        scene.Run(Benchmark(scene, Mechanism.Unix, requests));
        scene.Run(Benchmark(scene, Mechanism.Tcp, requests));
        foreach (Sight sight in scene.Look())
        {
            foreach (Mechanism mechanism in (ReadOnlySpan<Mechanism>)[Mechanism.Unix, Mechanism.Tcp])
            {
                sight.Conserves(mechanism, "redis-benchmark", "redis-server");
                // Without pipelining: a send for a request, one for its answer, and one of each for the configuration.
                const ulong sends = (Commands * requests) + 1;
                Tally asked = sight.Total("redis-benchmark", mechanism, Operation.Send);
                sight.Same("sends of redis-benchmark", asked.Operations, "its requests", sends);
                Tally answered = sight.Total("redis-server", mechanism, Operation.Send);
                sight.AtLeast("sends of redis-server", answered.Operations, "its answers", sends);
            }
        }
    }

    [Theory]
    [InlineData(Mechanism.Unix)]
    [InlineData(Mechanism.Tcp)]
    public void StraceSawTheSameOfTheClient(Mechanism mechanism)
    {
        using Scene scene = new(captures);
        scene.Serve(Redis(scene));
        scene.Run(StraceLog.Command(scene.File("log"), Benchmark(scene, mechanism, requests: 1000)));
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            sight.Conserves(mechanism, "redis-benchmark", "redis-server");
            // These calls can only be on sockets: what strace -c counted is all that there was.
            foreach ((string call, Operation operation) in (ReadOnlySpan<(string, Operation)>)
                [("sendto", Operation.Send), ("recvfrom", Operation.Receive), ("connect", Operation.Connect)])
            {
                sight.Same($"{operation} of redis-benchmark", sight.Total("redis-benchmark", mechanism, operation).Calls,
                    $"{call} in strace -c", log.Calls(call));
            }
        }
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 200)] // some of the sockets are read and written by another thread
    public void StraceSawTheSameOfTheServer(int threads, int requests)
    {
        using Scene scene = new(captures);
        scene.Serve(Redis(scene, command => StraceLog.Command(scene.File("log"),
            [.. command, "--io-threads", $"{threads}", "--io-threads-do-reads", threads > 1 ? "yes" : "no"])));
        scene.Run(Benchmark(scene, Mechanism.Unix, requests));
        scene.Run(Benchmark(scene, Mechanism.Tcp, requests));
        scene.AssertAsStraceSaw(scene.File("log"));
    }

    private Server Redis(Scene scene, Func<string[], string[]>? wrap = null)
    {
        string[] command =
        [
            "redis-server", "--port", $"{_port}", "--bind", "127.0.0.1", "--unixsocket", scene.File("socket"),
            "--dir", scene.Folder, "--logfile", scene.File("redis.log"), "--pidfile", scene.File("redis.pid"),
            "--save", "", "--appendonly", "no", "--daemonize", "no",
        ];
        return new Server(scene.Folder, wrap?.Invoke(command) ?? command)
        {
            Ready = (scene.File("redis.log"), "ready to accept connections"), // on all of its sockets
            PidFile = scene.File("redis.pid"),
        };
    }

    private string[] Benchmark(Scene scene, Mechanism mechanism, int requests) =>
    [
        "redis-benchmark", "-n", $"{requests}", "-c", "8", "-t", "set,get", "-q",
        .. mechanism == Mechanism.Unix ? (string[])["-s", scene.File("socket")] : ["-h", "127.0.0.1", "-p", $"{_port}"],
    ];
}
