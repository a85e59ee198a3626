using Ipcscope.Config;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Config;

/// <summary>The pages for users say what the tables in the code say.</summary>
public sealed class DocumentationTests
{
    private static string Page(string name) => File.ReadAllText(Repository.Path($"docs/{name}"));

    private static string[][] Rows(string page, string heading) =>
    [
        .. page[page.IndexOf($"| {heading} |", StringComparison.Ordinal)..].Split('\n').TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim().Trim('`')).ToArray()),
    ];

    private static string Block(string page, string language)
    {
        string opening = $"```{language}\n";
        string rest = page[(page.IndexOf(opening, StringComparison.Ordinal) + opening.Length)..];
        return rest[..rest.IndexOf("```", StringComparison.Ordinal)];
    }

    [Fact]
    public void EveryKeyIsExplained() => Assert.Equal(
        SettingTable.All.Select(setting => (setting.Key, setting.Allowed)),
        Rows(Page("configuration.md"), "key").Select(row => (row[0], row[1])));

    [Fact]
    public void TheDefaultsAreShownWithoutGaps()
    {
        string yaml = Block(Page("configuration.md"), "yaml");
        var binder = new YamlBinder<AgentOptions>("docs");
        binder.Read(yaml);
        Assert.Empty(binder.Faults);
        Assert.All(SettingTable.All, setting => Assert.True(binder.Has(setting.Key), setting.Key));
        var defaults = new AgentOptions();
        AgentOptions options = binder.Options;
        Assert.Equal(defaults.Mechanisms, options.Mechanisms);
        Assert.Equal(defaults.Metrics.Labels, options.Metrics.Labels);
        // What is left is compared by value.
        Assert.Equal(defaults, options with { Mechanisms = defaults.Mechanisms, Metrics = options.Metrics with { Labels = defaults.Metrics.Labels } });
    }

    [Fact]
    public void EveryFieldIsExplained() => Assert.Equal(
        FilterFields.All.Select(field => (field.Name, field.Type, field.Meaning, field.Example, KnownOf(field.Scopes), field.Kernel)),
        Rows(Page("filters.md"), "field").Select(row => (row[0], row[1], row[2], row[3], row[4], row[5])));

    private static string KnownOf(FilterScopes scopes) => string.Join(", ", new[]
    {
        scopes.HasFlag(FilterScopes.Operation) ? "operations" : "",
        scopes.HasFlag(FilterScopes.Flow) ? "flows" : "",
        scopes.HasFlag(FilterScopes.Series) ? "metrics" : "",
    }.Where(word => word.Length > 0));

    [Fact]
    public void TheExampleOfExplainIsTrue()
    {
        string page = Page("filters.md");
        string[] lines = page[page.IndexOf("$ ipcscope trace --explain", StringComparison.Ordinal)..].Split('\n');
        Assert.True(FilterParser.TryParse(lines[0].Split('\'')[1], FilterScopes.Operation, out FilterExpression? filter, out FilterError? _));
        Assert.Equal(lines[1..6], FilterPlan.Create(filter, FilterSelection.None).Explanation);
    }
}
