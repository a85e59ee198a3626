using System.Net;
using System.Net.Sockets;

namespace Ipcscope.KernelTests.Product;

/// <summary>What users get wrong is answered in one line: what, why, and what to do.</summary>
[Collection(nameof(ProductGroup))]
public sealed class BadInputTests
{
    // Beyond pid_max, so that nobody has it.
    private const string NoPid = "4194304";

    [Theory]
    [InlineData("metrcs: {}", "1:1: metrcs: unknown key", "\"metrics\"")]
    [InlineData("aggregation: { interval: -1s }", "1:26: aggregation.interval: found \"-1s\"", "10ms")]
    [InlineData("aggregation: { maxFlows: many }", "1:26: aggregation.maxFlows: found \"many\"", "allowed")]
    [InlineData("mechanisms: { pipes: true }", "1:15: mechanisms.pipes: unknown", "pipe, fifo, unix, tcp, udp")]
    [InlineData("filter: 'duration >'", "1:", "filter")]
    [InlineData("log: { level: loud", "2:1: ", "not YAML")]
    [InlineData("metrics: { listen: 127.0.0.1:70000 }", "1:20: metrics.listen: found \"127.0.0.1:70000\"", "allowed")]
    public void AFaultySettingIsNamedWithFileAndLine(string yaml, string place, string hint)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            Refusal.AssertOneLine(Binary.Run("run", "--config", file).AssertStatus(2), $"{file}:{place}", hint);
            Refusal.AssertOneLine(Binary.Run("run", "--config", file, "--check").AssertStatus(2), $"{file}:{place}", hint);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AllFaultsAreToldAtOnce()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "metrcs: {}\naggregation: { interval: -1s, mode: fast }\n");
            Outcome outcome = Binary.Run("run", "--config", file).AssertStatus(2);
            Assert.Equal(3, outcome.ErrorLines.Length);
            Assert.All(outcome.ErrorLines, line => Assert.StartsWith($"ipcscope: {file}:", line, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("run --config /there/is/no/such.yaml", "/there/is/no/such.yaml")]
    [InlineData("trace -m pipes", "\"pipes\"", "allowed: pipe, fifo, unix, tcp, udp")]
    [InlineData("top -i -1s", "--interval: found \"-1s\"", "allowed")]
    [InlineData("trace -d -1s", "--duration: found \"-1s\"", "allowed")]
    [InlineData("trace -n 0", "--count: found \"0\"", "allowed")]
    [InlineData("trace duration >", "\"duration >\"", "column 11")]
    [InlineData("trace size > 3 parsecs", "parsecs", "column")]
    [InlineData("top duration>5ms", "duration", "single operations")]
    [InlineData("trace -p " + NoPid, "no process " + NoPid, "ipcscope ls processes")]
    [InlineData("top -p " + NoPid, "no process " + NoPid, "ipcscope ls processes")]
    [InlineData("ls -p " + NoPid, "no process " + NoPid, "ipcscope ls processes")]
    [InlineData("trace -p self", "--pid: found \"self\"", "allowed")]
    [InlineData("trace -c a-name-of-more-than-fifteen", "--comm", "allowed")]
    [InlineData("trcae", "no command \"trcae\"", "trace")]
    [InlineData("trace --cuont 3", "no option \"--cuont\"", "--help")]
    [InlineData("ls --bogus", "no option \"--bogus\"", "--help")]
    [InlineData("ls queues", "\"queues\"", "channels, processes")]
    [InlineData("top -o jsno", "\"jsno\"", "table, wide, json")]
    [InlineData("ls -- true", "only trace", "--")]
    [InlineData("", "command", "--help")]
    public void AWrongWordIsTold(string arguments, params string[] words) =>
        Refusal.AssertOneLine(Binary.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).AssertStatus(2), words);

    [Fact]
    public void APortThatSomebodyHasIsTold()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string address = listener.LocalEndpoint.ToString()!;
        Refusal.AssertOneLine(RunAt(address).AssertStatus(1), address, "in use", "metrics.listen");
    }

    [Fact]
    public void ASecondAgentAtTheSamePortIsToldAboutTheFirst()
    {
        using RunningAgent first = new();
        Refusal.AssertOneLine(RunAt($"127.0.0.1:{first.Port}").AssertStatus(1), $"{first.Port}", "in use", "ipcscope run", "metrics.listen");
        Assert.Equal(HttpStatusCode.OK, first.Status("/readyz"));
        Workloads.AssertCounted(first, "pipe/readwrite");
    }

    [Fact]
    public void TwoAgentsAtTwoPortsBothCount()
    {
        using RunningAgent one = new(), other = new();
        SortedDictionary<string, Figures> truth = Workloads.Perform("fifo/readwrite", "pair-stream/send");
        foreach (RunningAgent agent in (RunningAgent[])[one, other])
        {
            Workloads.AssertEqual(truth, Eventually.Get(() => agent.Scrape().Observed(Workload.ProcessName), truth.SequenceEqual));
        }
    }

    private static Outcome RunAt(string address) => Binary.RunAny(["env", $"IPCSCOPE_METRICS_LISTEN={address}", Binary.Path, "run"]);
}
