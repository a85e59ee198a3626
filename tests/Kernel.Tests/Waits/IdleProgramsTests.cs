using System.Diagnostics;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.KernelTests.Programs;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Servers with clients that say nothing: hours of waiting, and nothing wrong.</summary>
[Collection(nameof(ProgramCaptures))]
public sealed class IdleProgramsTests(ProgramCaptures captures)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    [Fact]
    public void PostgreSql()
    {
        using Scene scene = new(captures);
        scene.Serve(Postgres.Start(scene));
        using Client idle = new(scene.Folder, [.. Postgres.Client(scene, "psql")]);
        AssertNothingIsWrong("postgres", "psql");
    }

    [Fact]
    public void Redis()
    {
        using Scene scene = new(captures);
        string socket = scene.File("socket");
        scene.Serve(new Server(scene.Folder, "redis-server", "--port", "0", "--unixsocket", socket, "--dir", scene.Folder, "--logfile", scene.File("log"),
            "--pidfile", scene.File("pid"), "--save", "", "--daemonize", "no")
        {
            Ready = (scene.File("log"), "ready to accept connections"),
            PidFile = scene.File("pid"),
        });
        using Client idle = new(scene.Folder, ["redis-cli", "-s", socket, "subscribe", "news"]);
        AssertNothingIsWrong("redis-server", "redis-cli");
    }

    [Fact]
    public void DBus()
    {
        string folder = Directory.CreateTempSubdirectory("ipcscope-dbus").FullName;
        string address = $"unix:path={folder}/bus";
        using (Client bus = new(folder, ["dbus-daemon", "--session", "--nofork", "--nopidfile", $"--address={address}"]))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists($"{folder}/bus"), TimeSpan.FromSeconds(10)));
            using Client idle = new(folder, ["dbus-monitor", "--address", address]);
            AssertNothingIsWrong("dbus-daemon", "dbus-monitor");
        }
        Directory.Delete(folder, recursive: true);
    }

    // They are looked at when they have come to rest.
    private void AssertNothingIsWrong(params string[] names)
    {
        Thread.Sleep(Settling);
        using var observer = new WaitObserver(EndReader.Load);
        WaitLook first = observer.Look(captures.Counting.ReadCalls(), captures.Counting.Flows);
        Thread.Sleep(Settling);
        WaitLook second = observer.Look(captures.Counting.ReadCalls(), captures.Counting.Flows);
        Assert.All(names, name => Assert.Contains(second.Ends.Descriptors, descriptor => descriptor.Name == name));
        Assert.Equal([], WaitProblems.Find(first, second, captures.Counting.Flows)
            .Where(problem => problem.Waits.Any(wait => names.Contains(wait.Call.Name)))
            .Select(problem => problem.Summary));
    }

    /// <summary>A program that runs until the test is over, and reads from a pipe that nobody writes to.</summary>
    private sealed class Client : IDisposable
    {
        private readonly Process _process;

        internal Client(string folder, string[] command) => _process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
