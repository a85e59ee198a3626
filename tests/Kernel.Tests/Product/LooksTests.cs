using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary><c>top</c> and <c>ls</c>: what happens and what exists now.</summary>
[Collection(nameof(ProductGroup))]
public sealed class LooksTests : IDisposable
{
    private readonly Talkers _talkers = new();

    public void Dispose() => _talkers.Dispose();

    [Fact]
    public void TopPrintsAsManyTablesAsAskedFor()
    {
        Outcome outcome = Binary.Run("top", "-b", "-n", "2", "-i", "500ms", "-c", Talkers.Name).AssertStatus(0);
        Assert.Equal(2, outcome.Lines.Count(line => line.StartsWith("CHANNEL ", StringComparison.Ordinal)));
        string[] rows = [.. outcome.Lines.Where(line => line.StartsWith($"pipe:[{_talkers.Pipe}] ", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains($"{Talkers.Name}[{_talkers.Writer}] → {Talkers.Name}[{_talkers.Reader}]", row, StringComparison.Ordinal));
        Assert.Matches(Summary.Pattern, outcome.ErrorLines[^1]);
    }

    [Fact]
    public void TopsRatesFitItsCounts()
    {
        Outcome outcome = Binary.Run("top", "-b", "-n", "1", "-i", "1s", "-o", "json", "-m", "pipe", "-p", $"{_talkers.Writer}").AssertStatus(0);
        Assert.All(outcome.Lines, line => Assert.StartsWith("{\"schema\":1,", line, StringComparison.Ordinal));
        JsonElement channel = JsonDocument.Parse(outcome.Lines.Single(line => line.Contains("\"kind\":\"channel\"", StringComparison.Ordinal))).RootElement;
        double operations = channel.GetProperty("operations").GetDouble();
        Assert.InRange(operations, 1, 51);
        Assert.Equal(operations * "line\n".Length, channel.GetProperty("written_bytes").GetDouble());
        Assert.Equal(operations / channel.GetProperty("interval_seconds").GetDouble(), channel.GetProperty("operations_per_second").GetDouble(), 1);
    }

    [Fact]
    public void LsShowsAPipeWithBothHolders()
    {
        Outcome outcome = Binary.Run("ls", "channels", "-o", "json", "-p", $"{_talkers.Reader}", "-m", "pipe").AssertStatus(0);
        string line = outcome.Lines.Single(line => line.Contains($"\"inode\":{_talkers.Pipe},", StringComparison.Ordinal));
        JsonElement channel = JsonDocument.Parse(line).RootElement;
        Assert.Equal(1, channel.GetProperty("schema").GetInt32());
        Assert.Equal("pipe", channel.GetProperty("mechanism").GetString());
        IEnumerable<string> holders = channel.GetProperty("holders").EnumerateArray()
            .Where(holder => holder.GetProperty("process").GetString() == Talkers.Name)
            .Select(holder => $"{holder.GetProperty("pid")} {Descriptors(holder)}");
        Assert.Equal(new[] { $"{_talkers.Writer} 1w", $"{_talkers.Reader} 0r" }.Order(), holders.Order());
    }

    [Fact]
    public void LsShowsAPipeToPeople()
    {
        Outcome outcome = Binary.Run("ls", "-c", Talkers.Name).AssertStatus(0);
        string row = outcome.Lines.Single(line => line.StartsWith($"pipe:[{_talkers.Pipe}] ", StringComparison.Ordinal));
        Assert.Contains($"{Talkers.Name}[{_talkers.Writer}]:1w", row, StringComparison.Ordinal);
        Assert.Contains($"{Talkers.Name}[{_talkers.Reader}]:0r", row, StringComparison.Ordinal);
    }

    [Fact]
    public void LsCountsChannelsOfProcesses()
    {
        Outcome outcome = Binary.Run("ls", "processes", "-o", "json", "-p", $"{_talkers.Writer}").AssertStatus(0);
        JsonElement process = JsonDocument.Parse(Assert.Single(outcome.Lines)).RootElement;
        Assert.Equal((1, Talkers.Name, _talkers.Writer),
            (process.GetProperty("schema").GetInt32(), process.GetProperty("process").GetString(), process.GetProperty("pid").GetUInt32()));
        string[] pipes = [.. Directory.GetFiles($"/proc/{_talkers.Writer}/fd")
            .Select(fd => new FileInfo(fd).LinkTarget ?? "").Where(link => link.StartsWith("pipe:", StringComparison.Ordinal))];
        Assert.Equal(pipes.Distinct().Count(), process.GetProperty("channels").GetProperty("pipe").GetInt32());
        Assert.Equal(pipes.Length, process.GetProperty("descriptors").GetInt32());
    }

    private static string Descriptors(JsonElement holder) => string.Join(',',
        holder.GetProperty("descriptors").EnumerateArray().Select(descriptor => $"{descriptor.GetProperty("fd")}{descriptor.GetProperty("mode")}"));
}
