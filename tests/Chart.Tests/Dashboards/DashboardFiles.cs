using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Dashboards;

/// <summary>The dashboards as they were made from deploy/grafana/dashboards.</summary>
internal static class DashboardFiles
{
    internal const string Shipped = "deploy/helm/ipcscope/files/dashboards";
    internal const string Exported = "deploy/grafana/export";

    internal static string[] Names => [.. Repository.Files("deploy/grafana/dashboards", "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    internal static JsonObject Read(string folder, string name) => JsonNode.Parse(File.ReadAllText(Repository.Path($"{folder}/{name}.json")))!.AsObject();

    /// <summary>All of both kinds, in the form that the scripts of tools/ read.</summary>
    internal static JsonArray All() => [.. Names.SelectMany(name => ((string[])[Shipped, Exported]).Select(folder =>
        new JsonObject { ["file"] = $"{Path.GetFileName(folder)}/{name}", ["dashboard"] = Read(folder, name) }))];

    /// <summary>Every query of a dashboard: of which panel, and the expression.</summary>
    internal static IEnumerable<(string Panel, string Expression)> Queries(JsonObject dashboard) =>
        dashboard["panels"]!.AsArray().SelectMany(panel => (panel!["targets"]?.AsArray() ?? []).Select(target =>
            (panel["title"]!.GetValue<string>(), target!["expr"]!.GetValue<string>())));
}
