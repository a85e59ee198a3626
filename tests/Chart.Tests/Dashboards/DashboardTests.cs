using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Dashboards;

/// <summary>Grafana's dashboards, by Grafana's types, the rules of its linter and the grammar of PromQL.</summary>
public sealed class DashboardTests
{
    [Fact]
    public void TheyAreAsTheirDescriptionsSay()
    {
        string folder = Directory.CreateTempSubdirectory("ipcscope-dashboards").FullName;
        Tool.Run([Repository.Path("deploy/grafana/generate"), folder]).AssertWell();
        foreach ((string made, string kept) in DashboardFiles.Names.SelectMany(name => ((string, string)[])
                 [($"{folder}/helm/ipcscope/files/dashboards/{name}.json", $"{DashboardFiles.Shipped}/{name}.json"),
                  ($"{folder}/grafana/export/{name}.json", $"{DashboardFiles.Exported}/{name}.json")]))
        {
            Assert.True(File.ReadAllText(made) == File.ReadAllText(Repository.Path(kept)), $"{kept} is not what deploy/grafana/generate makes: run make chart");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void GrafanasTypesAllowThem() =>
        Assert.Contains("8 files", Tool.Node("types.mjs", DashboardFiles.All().ToJsonString()).AssertWell().Output, StringComparison.Ordinal);

    [Fact]
    public void TheSeventeenRulesOfTheLinterHold() =>
        Assert.Contains("17 rules", Tool.Node("lint.mjs", DashboardFiles.All().ToJsonString()).AssertWell().Output, StringComparison.Ordinal);

    [Fact]
    public void TheyKeepTheirPlace()
    {
        JsonObject[] all = [.. DashboardFiles.Names.Select(name => DashboardFiles.Read(DashboardFiles.Shipped, name))];
        Assert.Equal(["ipcscope-agents", "ipcscope-channels", "ipcscope-overview", "ipcscope-workload"], all.Select(one => one["uid"]!.GetValue<string>()));
        Assert.All(all, one =>
        {
            Assert.True(one.ContainsKey("id") && one["id"] is null, "an id belongs to one Grafana");
            Assert.InRange(one["schemaVersion"]!.GetValue<int>(), 39, 41);
            int[] ids = [.. one["panels"]!.AsArray().Select(panel => panel!["id"]!.GetValue<int>())];
            Assert.Equal(ids.Distinct(), ids);
        });
    }

    /// <summary>Panels do not lie on each other, and none goes beyond the 24 columns.</summary>
    [Fact]
    public void PanelsDoNotOverlap() => Assert.All(DashboardFiles.Names, name =>
    {
        HashSet<(int X, int Y)> taken = [];
        foreach (JsonNode? panel in DashboardFiles.Read(DashboardFiles.Shipped, name)["panels"]!.AsArray())
        {
            (int x, int y, int w, int h) = (At("x"), At("y"), At("w"), At("h"));
            Assert.InRange(x + w, 1, 24);
            Assert.All(Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(line => (column, line))), cell => Assert.True(taken.Add(cell)));

            int At(string edge) => panel!["gridPos"]![edge]!.GetValue<int>();
        }
    });

    [Fact]
    public void TheExportAsksForItsDataSource() => Assert.All(DashboardFiles.Names, name =>
    {
        JsonObject export = DashboardFiles.Read(DashboardFiles.Exported, name);
        Assert.Equal("DS_PROMETHEUS", export["__inputs"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("${DS_PROMETHEUS}", export["templating"]!["list"]![0]!["current"]!["value"]!.GetValue<string>());
        string[] needed = [.. export["__requires"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())];
        Assert.All(export["panels"]!.AsArray().Select(panel => panel!["type"]!.GetValue<string>()).Where(type => type != "row"), type => Assert.Contains(type, needed));
        foreach (string added in (string[])["__inputs", "__elements", "__requires", "templating"])
        {
            export.Remove(added);
        }
        JsonObject shipped = DashboardFiles.Read(DashboardFiles.Shipped, name);
        shipped.Remove("templating");
        Assert.True(JsonNode.DeepEquals(shipped, export), $"{name}: the export is another dashboard");
    });

    [Fact]
    public void TheChartShipsThemAsTheyAre() => Assert.All(DashboardFiles.Names, name =>
    {
        JsonObject map = Chart.One(Chart.Render("monitoring-values.yaml"), "ConfigMap", one => one["data"]![$"ipcscope-{name}.json"] is not null);
        Assert.Equal("1", map["metadata"]!["labels"]!["grafana_dashboard"]!.GetValue<string>());
        Assert.Equal("monitoring", map["metadata"]!["namespace"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(DashboardFiles.Read(DashboardFiles.Shipped, name), JsonNode.Parse(map["data"]![$"ipcscope-{name}.json"]!.GetValue<string>())));
    });

    /// <summary>The rules find what they are for: one fault each.</summary>
    [Theory]
    [InlineData("template-datasource-rule", "\"name\":\"datasource\"", "\"name\":\"source\"")]
    [InlineData("template-job-rule", "\"label\":\"Job\"", "\"label\":\"Task\"")]
    [InlineData("template-instance-rule", "\"allValue\":\".\\u002B\"", "\"allValue\":\"\"")]
    [InlineData("template-label-promql-rule", "label_values(ipcscope_build_info, cluster)", "label_values(ipcscope_build_info{, cluster)")]
    [InlineData("template-on-time-change-reload-rule", "\"refresh\":2", "\"refresh\":1")]
    [InlineData("uneditable-dashboard", "\"editable\":false", "\"editable\":true")]
    [InlineData("panel-datasource-rule", "\"type\":\"prometheus\",\"uid\":\"${datasource}\"", "\"uid\":\"mine\"")]
    [InlineData("panel-title-description-rule", "\"description\":\"Agents that answer\"", "\"description\":\"\"")]
    [InlineData("panel-units-rule", "\"unit\":\"Bps\"", "\"unit\":\"furlongs\"")]
    [InlineData("panel-no-targets-rule", "\"targets\":[", "\"aims\":[")]
    [InlineData("target-promql-rule", "sum by (mechanism) (rate(", "sum by (mechanism) ((rate(")]
    [InlineData("target-rate-interval-rule", "[$__rate_interval]", "[5m]")]
    [InlineData("target-job-rule", "job=~\\u0022$job\\u0022", "job=\\u0022ipcscope\\u0022")]
    [InlineData("target-instance-rule", "instance=~\\u0022$instance\\u0022, ", "")]
    [InlineData("target-counter-agg-rule", "sum(increase(ipcscope_lost_total", "sum(max_over_time(ipcscope_lost_total")]
    [InlineData("target-logql-rule", "\"type\":\"prometheus\"", "\"type\":\"loki\"")]
    public void FaultsAreFound(string rule, string right, string wrong)
    {
        string overview = new JsonArray(new JsonObject { ["file"] = "overview", ["dashboard"] = DashboardFiles.Read(DashboardFiles.Shipped, "overview") }).ToJsonString();
        Assert.Contains(right, overview, StringComparison.Ordinal);
        Outcome outcome = Tool.Node("lint.mjs", overview.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal(1, outcome.Status);
        Assert.Contains(rule, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownKeyIsFound()
    {
        JsonArray all = DashboardFiles.All();
        all[0]!["dashboard"]!["panels"]![1]!["tittle"] = "Agents";
        Assert.Contains("tittle", Tool.Node("types.mjs", all.ToJsonString()).Output, StringComparison.Ordinal);
    }
}
