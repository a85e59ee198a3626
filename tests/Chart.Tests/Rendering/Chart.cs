using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ipcscope.ChartTests.Rendering;

/// <summary>The chart, rendered by helm.</summary>
internal static partial class Chart
{
    internal static readonly string Folder = Repository.Path("deploy/helm/ipcscope");

    /// <summary>The sets of values that every check is made with: names of files in ci/.</summary>
    internal static string[] ValueFiles => [.. Repository.Files("deploy/helm/ipcscope/ci", "*-values.yaml").Select(file => Path.GetFileName(file)!)];

    /// <summary>The same, for tests with a case for each.</summary>
    internal static TheoryData<string> Matrix => [.. ValueFiles];

    /// <summary>Renders it as it would be installed, but with a token that is always the same.</summary>
    internal static string Render(string values, params string[] more) =>
        RandomToken().Replace(Template(["-f", $"{Folder}/ci/{values}", .. more]).AssertWell().Output, "  token: cmFuZG9t");

    /// <summary>What <c>helm template</c> says to arguments.</summary>
    internal static Outcome Template(params string[] more) =>
        Tool.Helm(["template", "release", Folder, "--namespace", "observe", "--kube-version", "1.35.0", .. more]);

    /// <summary>The one object of a kind.</summary>
    internal static JsonObject One(string rendered, string kind, Func<JsonObject, bool>? which = null) =>
        YamlTree.Documents(rendered).Single(manifest => manifest["kind"]!.GetValue<string>() == kind && (which is null || which(manifest)));

    /// <summary>The settings that the agent is given.</summary>
    internal static string Settings(string rendered) =>
        One(rendered, "ConfigMap", map => map["data"]!["ipcscope.yaml"] is not null)["data"]!["ipcscope.yaml"]!.GetValue<string>();

    [GeneratedRegex("^  token: [A-Za-z0-9+/]{54}==$", RegexOptions.Multiline)]
    private static partial Regex RandomToken();
}
