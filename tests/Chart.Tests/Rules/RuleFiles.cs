using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Rules;

/// <summary>The files of rules that the chart ships.</summary>
internal static class RuleFiles
{
    internal static string[] Paths => Repository.Files("deploy/helm/ipcscope/files/rules", "*.yaml");

    internal static JsonObject[] Alerts => [.. All.Where(rule => rule.ContainsKey("alert"))];

    internal static JsonObject[] Recordings => [.. All.Where(rule => rule.ContainsKey("record"))];

    private static IEnumerable<JsonObject> All => Paths
        .SelectMany(path => YamlTree.Documents(File.ReadAllText(path)).Single()["groups"]!.AsArray())
        .SelectMany(group => group!["rules"]!.AsArray())
        .Select(rule => rule!.AsObject());
}
