using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary>The lines of <c>trace -o json</c> add up to what happened.</summary>
[Collection(nameof(ProductGroup))]
public sealed class TraceLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-trace").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pipe/readwrite")]
    [InlineData("unix-seqpacket/sendmsg")]
    [InlineData("tcp4/sendmmsg")]
    [InlineData("pipe/nonblock")]
    [InlineData("tcp4/econnreset")]
    [InlineData("udp6/sendto")]
    [InlineData("process-storm -n 50")]
    public void TheyAreTheTruthOfTheCommand(string scenario)
    {
        Outcome outcome = Trace("", $"$WORKLOAD {scenario} --truth {_folder}/truth");
        AssertEqual("truth", TraceLine.Sum(TraceLine.OfWorkloads($"{_folder}/lines")));
        Assert.Contains(" 0 lost", outcome.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void EachBeginsWithTheSchemaAndHasBaseUnits()
    {
        Trace("-m pipe", $"$WORKLOAD pipe/readwrite -n 10 --truth {_folder}/truth");
        string[] lines = File.ReadAllLines($"{_folder}/lines");
        Assert.Equal(21, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.StartsWith("{\"schema\":1,", line, StringComparison.Ordinal);
            using JsonDocument json = JsonDocument.Parse(line);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$", json.RootElement.GetProperty("time").GetString());
            Assert.InRange((DateTime.UtcNow - json.RootElement.GetProperty("time").GetDateTime().ToUniversalTime()).TotalSeconds, -1, 30);
            Assert.InRange(json.RootElement.GetProperty("duration_seconds").GetDouble(), 1e-8, 5);
            Assert.Equal("pipe", json.RootElement.GetProperty("mechanism").GetString());
        });
    }

    [Fact]
    public void AMechanismIsChosen()
    {
        Trace("-m unix", $"$WORKLOAD pipe/readwrite --truth {_folder}/other; $WORKLOAD unix-stream/send --truth {_folder}/truth");
        SortedDictionary<string, Figures> truth = new(
            Truth.Read($"{_folder}/truth").Where(line => line.Key.Contains("Mechanism = unix", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
        Workloads.AssertEqual(truth, TraceLine.Sum(Lines()));
    }

    [Fact]
    public void ErrorsAloneAreChosen()
    {
        Trace("'error != \"\"'", $"$WORKLOAD pipe/readwrite --truth {_folder}/other; $WORKLOAD unix-stream/econnreset --truth {_folder}/truth");
        TraceLine[] lines = Lines();
        ulong errors = (ulong)Truth.Read($"{_folder}/truth").Values.Sum(figures => figures.Errors.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Sum(error => long.Parse(error[(error.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        Assert.Equal(errors, (ulong)lines.Length);
        Assert.All(lines, line => Assert.NotNull(line.Error));
    }

    [Fact]
    public void SlowOperationsAreChosen()
    {
        Trace("'duration > 300ms'", "(sleep 0.5; echo x) | cat");
        TraceLine line = Assert.Single(Lines());
        Assert.Equal(("cat", "read", 2UL), (line.Process, line.Operation, line.SizeBytes));
        Assert.InRange(line.DurationSeconds ?? 0, 0.3, 5);
    }

    private Outcome Trace(string options, string command)
    {
        Outcome outcome = Binary.Script($"$AGENT trace -o json -w {_folder}/lines {options} -- sh -c '{command}'").AssertStatus(0);
        Assert.Matches(Summary.Pattern, outcome.ErrorLines[^1]);
        return outcome;
    }

    private TraceLine[] Lines() => TraceLine.Read($"{_folder}/lines");

    private void AssertEqual(string truth, SortedDictionary<string, Figures> observed) =>
        Workloads.AssertEqual(Truth.Read($"{_folder}/{truth}"), observed);
}
