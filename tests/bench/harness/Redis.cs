using System.Globalization;

namespace Bench;

/// <summary>redis-server with redis-benchmark on its unix socket, both on the workload's CPU, nothing written to disk.
/// A request is two calls of the server and two of the client, epoll_wait beside them.
/// The server has the higher priority: at the end of its run redis-benchmark spins on sockets it has nothing to write to, and would starve it.</summary>
internal sealed class Redis : Workload
{
    private const int Requests = 20_000;      // about 0.2 s: redis-benchmark's clock counts milliseconds
    private const int SlowRequests = 1_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ipcscope-bench-");
    private readonly string socket;
    private readonly string pinned;
    private readonly Child server;

    public Redis(int cpu)
        : base("redis", "request", true, "redis-benchmark GET, 50 clients, unix socket, one CPU")
    {
        socket = Path.Combine(folder.FullName, "redis.sock");
        pinned = $"taskset -c {cpu} chrt -f";
        server = Child.Leave(
            $"{pinned} 2 redis-server --port 0 --unixsocket {socket} --save '' --appendonly no --dir {folder.FullName} --daemonize no",
            Path.Combine(folder.FullName, "log"));
        Pids = [server.Id];
        var deadline = DateTime.UtcNow.AddSeconds(5);
        while (!File.Exists(socket))
        {
            if (server.HasExited || DateTime.UtcNow > deadline)
            {
                throw new InvalidOperationException($"redis-server does not start: {server.LastWords()}");
            }

            Thread.Sleep(20);
        }
    }

    public override IReadOnlyList<int> Pids { get; }

    public override Chunk Measure(int milliseconds, bool slow)
    {
        var requests = slow ? SlowRequests : Requests;
        var csv = Child.Ask("/bin/sh", "-c", $"exec {pinned} 1 redis-benchmark -s {socket} -t get -n {requests} -d 64 --csv")
            ?? throw new InvalidOperationException("redis-benchmark failed");

        // "test","rps",… then "GET","183486.23",…
        var rate = csv.Split('\n')[1].Split(',')[1].Trim('"');
        var nanoseconds = 1e9 / double.Parse(rate, CultureInfo.InvariantCulture);
        return new(nanoseconds, nanoseconds);
    }

    protected override void Dispose(bool disposing)
    {
        _ = server.Stop();
        server.Dispose();
        folder.Delete(recursive: true);
    }
}
