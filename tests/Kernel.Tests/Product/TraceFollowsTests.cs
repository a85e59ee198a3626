using System.Diagnostics;

namespace Ipcscope.KernelTests.Product;

/// <summary><c>trace</c> of what runs already, and how it ends.</summary>
[Collection(nameof(ProductGroup))]
public sealed class TraceFollowsTests : IDisposable
{
    private readonly Talkers _talkers = new();

    public void Dispose() => _talkers.Dispose();

    [Fact]
    public void ItEndsAfterTheLinesThatWereAskedFor()
    {
        Outcome outcome = Binary.Run("trace", "-n", "5", "-m", "pipe", "-c", Talkers.Name).AssertStatus(0);
        Assert.Equal(6, outcome.Lines.Length);
        Assert.StartsWith("TIME ", outcome.Lines[0], StringComparison.Ordinal);
        Assert.All(outcome.Lines.Skip(1), line =>
            Assert.Matches($@"^\d\d:\d\d:\d\d\.\d{{6}}  {Talkers.Name}\[\d+\] +[→←]  +pipe +.* (read|write) +\d+ B ", line));
        Assert.StartsWith("5 operations in ", outcome.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Matches(Summary.Pattern, outcome.ErrorLines[^1]);
    }

    [Fact]
    public void AProcessIsChosenByItsNumber()
    {
        TraceLine[] lines = Lines("-p", $"{_talkers.Writer}");
        Assert.All(lines, line => Assert.Equal((_talkers.Writer, "write", 5UL), (line.Pid, line.Operation, line.SizeBytes)));
    }

    [Fact]
    public void ProcessesAreChosenByTheirName()
    {
        TraceLine[] lines = Lines("-c", Talkers.Name);
        Assert.All(lines, line => Assert.Contains(line.Pid, (uint[])[_talkers.Writer, _talkers.Reader]));
        Assert.All(lines, line => Assert.Equal(Talkers.Name, line.Process));
    }

    [Fact]
    public void AnExpressionChooses()
    {
        TraceLine[] lines = Lines($"pid in ({_talkers.Writer}, {_talkers.Reader}) and operation = read and size > 0");
        Assert.All(lines, line => Assert.Equal((_talkers.Reader, "read"), (line.Pid, line.Operation)));
    }

    [Fact]
    public void AClosedPipeEndsItQuietly()
    {
        long started = Stopwatch.GetTimestamp();
        Outcome outcome = Binary.Script($"$AGENT trace -o json -m pipe -c {Talkers.Name} | head -n 1; exit ${{PIPESTATUS[0]}}").AssertStatus(0);
        Assert.Equal(Talkers.Name, TraceLine.Parse(Assert.Single(outcome.Lines)).Process);
        Refusal.AssertNoDefect(outcome);
        Assert.DoesNotContain(outcome.ErrorLines, line => !line.EndsWith('…'));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task ASignalEndsItWithASummary(int signal)
    {
        using Process trace = Binary.Start([Binary.Path, "trace", "-c", Talkers.Name]);
        Task<string> error = trace.StandardError.ReadToEndAsync();
        Assert.NotNull(await trace.StandardOutput.ReadLineAsync());
        Assert.NotNull(await trace.StandardOutput.ReadLineAsync());
        HashSet<int> programs = Attached.Of(trace.Id);
        long sent = Stopwatch.GetTimestamp();
        Signals.Send(trace.Id, signal);
        await trace.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(Stopwatch.GetElapsedTime(sent) < TimeSpan.FromSeconds(1));
        Assert.Equal(0, trace.ExitCode);
        Assert.Matches(Summary.Pattern, (await error).TrimEnd('\n').Split('\n')[^1]);
        Attached.AssertGone(programs);
    }

    [Fact]
    public void ItEndsAfterTheTimeThatWasAskedFor()
    {
        long started = Stopwatch.GetTimestamp();
        Binary.Run("trace", "-d", "300ms", "-c", Talkers.Name).AssertStatus(0);
        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds >= 0.3); // that it ends at all, Run waits for
    }

    private static TraceLine[] Lines(params string[] filter)
    {
        Outcome outcome = Binary.Run(["trace", "-n", "4", "-o", "json", "-m", "pipe", .. filter]).AssertStatus(0);
        TraceLine[] lines = [.. outcome.Lines.Select(TraceLine.Parse)];
        Assert.Equal(4, lines.Length);
        return lines;
    }
}
