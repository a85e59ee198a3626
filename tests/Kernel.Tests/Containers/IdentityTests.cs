using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Containers;

/// <summary>Who is in which container, as the page and the commands tell it.</summary>
[Collection(nameof(ProductGroup))]
public sealed class IdentityTests
{
    private const string Labels = "process, pid, container, pod, cgroup";

    private static IEnumerable<string> Writes(MetricsPage page, string container) => page.Named("ipc_operations_total")
        .Where(sample => sample["container"] == container && sample["mechanism"] == "pipe" && sample["operation"] == "write")
        .Select(sample => $"{sample["process"]} {sample["pod"]} {sample.Value}");

    [Fact]
    public void A_container_that_is_gone_at_once_is_known_by_its_path()
    {
        using RunningAgent agent = new(labels: Labels);
        string id, pod;
        using (var container = new TestContainer(1))
        {
            container.Run("for i in 1 2 3 4 5; do echo $i; done | cat > /dev/null");
            (id, pod) = (container.ShortId, container.Pod);
        }
        string[] writes = Eventually.Get(() => Writes(agent.Scrape(), id).ToArray(), found => found.Length > 0);
        Assert.Equal([$"sh {pod} 5"], writes);
    }

    // The shell is one process with one pid: what it wrote before it went into the container is the host's.
    [Fact]
    public void What_moves_into_a_container_is_the_hosts_before_and_the_containers_after()
    {
        using RunningAgent agent = new(labels: Labels);
        using var container = new TestContainer(2);
        string folder = container.Inside("").Split("> ")[1].Split(" &&")[0];
        Binary.RunAny(["sh", "-c", $"(echo 1; echo 2; sh -c 'echo $PPID' > {folder}; echo 3) | cat > /dev/null"]).AssertStatus(0);
        string[] inside = Eventually.Get(() => Writes(agent.Scrape(), container.ShortId).ToArray(), found => found.Length > 0);
        Assert.Equal([$"sh {container.Pod} 1"], inside);
        MetricSample moved = agent.Scrape().Named("ipc_operations_total").Single(sample =>
            sample["container"] == container.ShortId && sample["mechanism"] == "pipe" && sample["operation"] == "write");
        Assert.Equal(2, agent.Scrape().Named("ipc_operations_total").Single(sample =>
            sample["pid"] == moved["pid"] && sample["container"].Length == 0 && sample["mechanism"] == "pipe" && sample["operation"] == "write").Value);
    }

    [Fact]
    public void Pods_that_share_a_fifo_are_a_finding()
    {
        using TestContainer one = new(3), other = new(4);
        string folder = Directory.CreateTempSubdirectory("ipcscope-cross-").FullName;
        try
        {
            string fifo = Path.Combine(folder, "shared");
            Outcome outcome = Binary.Script($"""
                mkfifo {fifo}
                sh -c '{Quoted(one.Inside($"exec > {fifo}; while echo x; do sleep 0.1; done"))}' & writer=$!
                sh -c '{Quoted(other.Inside($"exec cat {fifo} > /dev/null"))}' & reader=$!
                sleep 0.5
                $AGENT check --fail-on cross_pod -o json -d 1s
                status=$?
                kill $writer $reader
                wait
                exit $status
                """);
            outcome.AssertStatus(5);
            string finding = Assert.Single(outcome.Lines, line => line.Contains("\"cross_pod\"", StringComparison.Ordinal));
            Assert.Contains($"{one.Pod} and {other.Pod} share", finding, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A socket; and a segment, whose users make no call while they talk.</summary>
    [Theory]
    [InlineData("unix", "import socket;s=socket.socket(1,1);s.bind(P);s.listen();c=s.accept()[0];[c.recv(9) for _ in iter(int,1)]", "import socket,time;s=socket.socket(1,1);s.connect(P);[(s.send(b\"x\"),time.sleep(0.1)) for _ in iter(int,1)]")]
    [InlineData("shm", "import mmap,os,time;f=os.open(P,66);os.ftruncate(f,4096);m=mmap.mmap(f,4096);time.sleep(60)", "import mmap,os,time;f=os.open(P,66);m=mmap.mmap(f,4096);time.sleep(60)")]
    public void Pods_that_share_a_socket_or_a_segment_are_a_finding(string mechanism, string first, string second)
    {
        using TestContainer one = new(5), other = new(6);
        string path = mechanism == "shm" ? $"/dev/shm/ipcscope-cross-{Environment.ProcessId}" : Path.Combine(Path.GetTempPath(), $"ipcscope-cross-{Environment.ProcessId}");
        try
        {
            string run(TestContainer container, string program) => $"sh -c '{Quoted(container.Inside($"exec python3 -c {Quoted($"'{program.Replace("P", $"\"{path}\"", StringComparison.Ordinal)}'")}"))}'";
            Outcome outcome = Binary.Script($"""
                {run(one, first)} & one=$!
                while ! [ -e {path} ]; do sleep 0.05; done
                sleep 0.3
                {run(other, second)} & other=$!
                while ! grep -q python /proc/$other/comm; do sleep 0.05; done
                sleep 0.7
                $AGENT check --fail-on cross_pod -m {mechanism} -o json -d 1s
                status=$?
                kill $one $other
                wait
                exit $status
                """);
            outcome.AssertStatus(5);
            string finding = Assert.Single(outcome.Lines, line => line.Contains("\"cross_pod\"", StringComparison.Ordinal));
            Assert.Contains($"{one.Pod} and {other.Pod} share", finding, StringComparison.Ordinal);
            Assert.Contains(Path.GetFileName(path), finding, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Quoted(string script) => script.Replace("'", "'\\''", StringComparison.Ordinal);
}
