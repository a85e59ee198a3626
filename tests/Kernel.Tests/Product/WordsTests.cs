using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ipcscope.KernelTests.Product;

/// <summary>What the binary says of itself, to anybody.</summary>
[Collection(nameof(ProductGroup))]
public sealed class WordsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("trace --help")]
    [InlineData("top --help")]
    [InlineData("ls --help")]
    [InlineData("graph --help")]
    [InlineData("doctor --help")]
    [InlineData("fields --help")]
    [InlineData("version --help")]
    [InlineData("completion --help")]
    public void HelpHasThreeExamples(string arguments)
    {
        Outcome outcome = Binary.Run(arguments.Split(' ')).AssertStatus(0);
        Assert.Equal("", outcome.Error);
        int begin = Array.IndexOf(outcome.Lines, "examples:");
        Assert.True(begin > 0, outcome.Output);
        string[] examples = [.. outcome.Lines.Skip(begin + 1).Where(line => Regex.IsMatch(line, "^  [^ ]"))];
        Assert.Equal(3, examples.Length);
        Assert.All(examples, line => Assert.Contains("ipcscope", line, StringComparison.Ordinal));
    }

    [Fact]
    public void HelpNamesEveryCommand()
    {
        string[] commands = ["run", "trace", "top", "ls", "graph", "doctor", "fields", "version"];
        string[] lines = Binary.Run("--help").AssertStatus(0).Lines;
        Assert.All(commands, command => Assert.Contains(lines, line => line.StartsWith($"  {command} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void FieldsTellsEachFieldWithAnExampleThatIsOne()
    {
        Outcome outcome = Binary.Run("fields", "-o", "json").AssertStatus(0);
        JsonElement[] fields = [.. outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Superset(
            new HashSet<string> { "pid", "process", "mechanism", "operation", "duration", "error", "size" },
            fields.Select(field => field.GetProperty("field").GetString()!).ToHashSet());
        foreach (JsonElement field in fields.Where(field => field.GetProperty("where").EnumerateArray().Any(where => where.GetString() == "trace")))
        {
            Binary.Run("trace", "--explain", field.GetProperty("example").GetString()!).AssertStatus(0);
        }
    }

    [Fact]
    public void VersionTellsWhatAReportNeeds()
    {
        Outcome outcome = Binary.Run("version").AssertStatus(0);
        Assert.Matches(@"^ipcscope +\d+\.\d+\.\d+$", outcome.Lines[0]);
        Assert.Contains(outcome.Lines, line => Regex.IsMatch(line, "^commit +[0-9a-f]{40}$"));
        JsonElement json = JsonDocument.Parse(Assert.Single(Binary.Run("version", "-o", "json").AssertStatus(0).Lines)).RootElement;
        Assert.EndsWith($" {json.GetProperty("version").GetString()}", outcome.Lines[0], StringComparison.Ordinal);
    }
}
