using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// nginx and wrk over loopback. wrk ends by the clock and would leave answers unread; its script therefore stops asking after a
/// number of requests, long before that, so that all of them are answered and read when it closes its connections.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class NginxTests(ProgramCaptures captures)
{
    private const int FileSize = 40_000;

    private readonly int _port = Loopback.FreePort();

    [Fact]
    public void BothEndsCountTheSame()
    {
        using Scene scene = new(captures);
        scene.Serve(Nginx(scene));
        (ulong requests, ulong bytes) = RunWrk(scene, requests: 2000);
        foreach (Sight sight in scene.Look())
        {
            sight.Conserves(Mechanism.Tcp, "wrk", "nginx");
            sight.Same("sends of wrk", sight.Total("wrk", Mechanism.Tcp, Operation.Send).Operations, "requests as wrk tells", requests);
            sight.Same("bytes that wrk received", sight.Total("wrk", Mechanism.Tcp, Operation.Receive).Bytes, "bytes as wrk tells", bytes);
            // A file takes two at least: writev for the header, sendfile for the rest.
            Tally answers = sight.Total("nginx", Mechanism.Tcp, Operation.Send);
            sight.AtLeast("sends of nginx", answers.Operations, "3/2 × requests", requests * 3 / 2);
        }
    }

    [Fact]
    public void StraceSawTheSameOfTheServer()
    {
        using Scene scene = new(captures);
        scene.Serve(Nginx(scene, command => StraceLog.Command(scene.File("log"), command)));
        RunWrk(scene, requests: 400);
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        Assert.True(log.Calls("sendfile") >= 200, $"half of the requests are for a file, but nginx sent only {log.Calls("sendfile")}");
    }

    private Server Nginx(Scene scene, Func<string[], string[]>? wrap = null)
    {
        File.WriteAllText(scene.File("nginx.conf"), $$"""
            daemon off;
            user root;
            worker_processes 1;
            pid {{scene.File("nginx.pid")}};
            events { worker_connections 64; }
            http {
              access_log off;
              sendfile on;
              keepalive_requests 1000000;
              client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
              uwsgi_temp_path temporary; scgi_temp_path temporary;
              server { listen 127.0.0.1:{{_port}}; root {{scene.Folder}}; location = / { return 200 "hello\n"; } }
            }
            """);
        File.WriteAllBytes(scene.File("file"), new byte[FileSize]);
        string[] command =
        [
            "nginx", "-p", scene.Folder, "-c", scene.File("nginx.conf"), "-e", scene.File("error.log"),
            "-g", "error_log error.log notice;",
        ];
        return new Server(scene.Folder, wrap?.Invoke(command) ?? command)
        {
            Ready = (scene.File("error.log"), "start worker process "),
            PidFile = scene.File("nginx.pid"),
            Signal = Server.Quit,
        };
    }

    // Gives what wrk itself has counted.
    private (ulong Requests, ulong Bytes) RunWrk(Scene scene, int requests)
    {
        File.WriteAllText(scene.File("wrk.lua"), $$"""
            local issued = 0
            function delay() return issued < {{requests}} and 0 or 3600000 end
            function request()
              issued = issued + 1
              return wrk.format("GET", issued % 2 == 0 and "/file" or "/")
            end
            function done(summary)
              local e = summary.errors
              print("truth", summary.requests, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout)
            end
            """);
        string output = scene.Run(
            "wrk", "-t", "1", "-c", "8", "-d", "2s", "-s", scene.File("wrk.lua"), $"http://127.0.0.1:{_port}/");
        ulong[] truth = [.. output.Split('\n').Single(line => line.StartsWith("truth", StringComparison.Ordinal))
            .Split('\t').Skip(1).Select(ulong.Parse)];
        Assert.True(truth[2] == 0, $"wrk had errors: {output}");
        // wrk asks the script for one more before it starts, to look at it.
        Assert.True(truth[0] >= (ulong)requests - 1, $"wrk did not come to the end of its {requests} requests in time: {output}");
        return (truth[0], truth[1]);
    }
}
