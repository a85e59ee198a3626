using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Rules;

/// <summary>Recording rules and alerts, by promtool.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Alerts => [.. AlertNames];

    private static IEnumerable<string> AlertNames => RuleFiles.Alerts.Select(alert => alert["alert"]!.GetValue<string>());

    private static readonly JsonObject[] Cases = [.. Repository.Files("tests/Chart.Tests/rules", "*.test.yaml")
        .SelectMany(file => YamlTree.Documents(File.ReadAllText(file)).Single()["tests"]!.AsArray())
        .SelectMany(test => test!["promql_expr_test"]!.AsArray())
        .Select(test => test!.AsObject())];

    [Fact]
    public void PromtoolReadsThem() => Tool.Run(["promtool", "check", "rules", .. RuleFiles.Paths]).AssertWell();

    [Fact]
    public void TheirCasesAreTrue() =>
        Tool.Run(["promtool", "test", "rules", .. Repository.Files("tests/Chart.Tests/rules", "*.test.yaml")]).AssertWell();

    [Fact]
    public void EveryRecordingHasACase() => Assert.All(RuleFiles.Recordings, rule =>
        Assert.Contains(Cases, test => Expression(test).Split('{')[0] == rule["record"]!.GetValue<string>() && Samples(test) > 0));

    [Theory]
    [MemberData(nameof(Alerts))]
    public void EveryAlertHasAFiringAndASilentCase(string alert)
    {
        JsonObject[] mine = [.. Cases.Where(test => Expression(test) == $"ALERTS{{alertname=\"{alert}\", alertstate=\"firing\"}}")];
        Assert.Contains(mine, test => Samples(test) > 0);
        Assert.Contains(mine, test => Samples(test) == 0);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void EveryAlertSaysWhatToDo(string alert)
    {
        JsonObject rule = RuleFiles.Alerts.Single(one => one["alert"]!.GetValue<string>() == alert);
        Assert.Contains(rule["labels"]!["severity"]!.GetValue<string>(), (string[])["critical", "warning", "info"]);
        Assert.NotNull(rule["for"]);
        JsonNode annotations = rule["annotations"]!;
        Assert.NotEmpty(annotations["summary"]!.GetValue<string>());
        Assert.NotEmpty(annotations["description"]!.GetValue<string>());
        Assert.Equal($"docs/runbooks/{alert}.md", annotations["runbook_url"]!.GetValue<string>());
        string page = File.ReadAllText(Repository.Path($"docs/runbooks/{alert}.md"));
        Assert.StartsWith($"# {alert}\n\nSeverity: {rule["labels"]!["severity"]}.", page, StringComparison.Ordinal);
        Assert.Contains($"]({alert}.md)", File.ReadAllText(Repository.Path("docs/runbooks/README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryRunbookHasAnAlert() => Assert.Equal(
        AlertNames.Append("README").Order(StringComparer.Ordinal),
        Repository.Files("docs/runbooks", "*.md").Select(file => Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void TheChartShipsThemAsTheyAre()
    {
        JsonObject shipped = Chart.One(Chart.Render("monitoring-values.yaml", "--set-json", "prometheusRule.disabled=[]"), "PrometheusRule");
        JsonObject[] rules = [.. shipped["spec"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!.AsObject())];
        Assert.Equal(RuleFiles.Alerts.Length + RuleFiles.Recordings.Length, rules.Length);
        Assert.All(rules.Where(rule => rule.ContainsKey("alert")), rule =>
        {
            Assert.StartsWith("https://example.invalid/ipcscope/blob/main/docs/runbooks/", rule["annotations"]!["runbook_url"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal("platform", rule["labels"]!["team"]!.GetValue<string>());
        });
        Assert.Equal(
            RuleFiles.Alerts.Concat(RuleFiles.Recordings).Select(Expression).Order(StringComparer.Ordinal), rules.Select(Expression).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnAlertCanBeLeftOut() =>
        Assert.DoesNotContain("alert: IpcOrphanedSharedMemory", Chart.Render("monitoring-values.yaml"), StringComparison.Ordinal);

    private static string Expression(JsonObject rule) => rule["expr"]!.GetValue<string>().Trim();

    private static int Samples(JsonObject test) => test["exp_samples"]!.AsArray().Count;
}
