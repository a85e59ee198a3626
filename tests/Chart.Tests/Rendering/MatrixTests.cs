using System.Text.Json.Nodes;
using k8s;

namespace Ipcscope.ChartTests.Rendering;

/// <summary>What must be so with any values.</summary>
public sealed class MatrixTests
{
    public static TheoryData<string> Matrix => Chart.Matrix;

    [Theory]
    [MemberData(nameof(Matrix))]
    public void HelmFindsNothing(string values) =>
        Tool.Helm("lint", "--strict", "--quiet", Chart.Folder, "-f", $"{Chart.Folder}/ci/{values}").AssertWell();

    /// <summary>Unknown fields, and fields of the wrong type, by the types of the C# client.</summary>
    [Theory]
    [MemberData(nameof(Matrix))]
    public void TheClientKnowsEveryField(string values)
    {
        // It has no types for kinds that others define: those have their own, below.
        string known = string.Join("\n---\n", Chart.Render(values).Split("\n---\n").Where(document => !document.Contains("monitoring.coreos.com", StringComparison.Ordinal)));
        List<object> objects = KubernetesYaml.LoadAllFromString(known, typeMap: null, strict: true);
        Assert.NotEmpty(objects);
    }

    /// <summary>Wrong types and missing fields, by the schemas of Kubernetes and of the Prometheus operator.</summary>
    [Fact]
    public void TheSchemasAllowEveryObject()
    {
        var manifests = new JsonArray();
        foreach (string values in Chart.ValueFiles)
        {
            YamlTree.Documents(Chart.Render(values)).ForEach(manifests.Add);
        }
        Assert.True(manifests.Count > 30, $"{manifests.Count} objects only");
        Tool.Node("manifests.mjs", manifests.ToJsonString()).AssertWell();
    }

    /// <summary>The checks above find what they are for.</summary>
    [Fact]
    public void FaultsAreFound()
    {
        string rendered = Chart.Render("privileged-values.yaml");
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(rendered.Replace("hostPID:", "hostPids:", StringComparison.Ordinal), typeMap: null, strict: true));
        JsonObject daemonSet = Chart.One(rendered, "DaemonSet");
        daemonSet["spec"]!["template"]!["spec"]!["hostPID"] = "yes";
        Assert.Contains("hostPID", Tool.Node("manifests.mjs", new JsonArray(daemonSet.DeepClone()).ToJsonString()).Output, StringComparison.Ordinal);
        daemonSet["spec"]!.AsObject().Remove("selector");
        Assert.Contains("selector", Tool.Node("manifests.mjs", new JsonArray(daemonSet).ToJsonString()).Output, StringComparison.Ordinal);
    }

    /// <summary>What the files of tests/Chart.Tests/golden say. <c>GOLDEN=write</c> writes them.</summary>
    [Theory]
    [MemberData(nameof(Matrix))]
    public void ItIsAsItWas(string values)
    {
        string golden = Repository.Path($"tests/Chart.Tests/golden/{values.Replace("-values", "", StringComparison.Ordinal)}");
        // Dashboards are golden files themselves, and so are rules.
        string rendered = string.Join("\n---\n", Chart.Render(values).Split("\n---\n").Where(document =>
            !document.Contains("templates/dashboards.yaml", StringComparison.Ordinal) && !document.Contains("templates/prometheusrule.yaml", StringComparison.Ordinal)));
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            File.WriteAllText(golden, rendered);
        }
        Assert.Equal(File.ReadAllText(golden), rendered);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void NamesAreShortEnoughAndUnique(string values)
    {
        string[] names = [.. YamlTree.Documents(Chart.Render(values)).Select(manifest => $"{manifest["kind"]}/{manifest["metadata"]!["name"]}")];
        Assert.Equal(names.Distinct(), names);
        // Most names become labels or host names; those of roles carry the namespace besides, and become neither.
        Assert.All(names, name => Assert.InRange(name.Split('/')[1].Length, 1, name.StartsWith("ClusterRole", StringComparison.Ordinal) ? 253 : 63));
    }

    /// <summary>The agent of this very source takes what the chart gives it.</summary>
    [Theory]
    [MemberData(nameof(Matrix))]
    public void TheAgentTakesTheSettings(string values)
    {
        string folder = Directory.CreateTempSubdirectory("ipcscope-settings").FullName;
        // What the pod finds in its Secrets.
        Directory.CreateDirectory($"{folder}/token");
        Directory.CreateDirectory($"{folder}/tls");
        foreach (string key in (string[])["token", "bearer"])
        {
            File.WriteAllText($"{folder}/token/{key}", "0123456789abcdef");
        }
        Tool.Run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=ipcscope",
            "-keyout", $"{folder}/tls/tls.key", "-out", $"{folder}/tls/tls.crt"]).AssertWell();
        File.WriteAllText($"{folder}/ipcscope.yaml", Chart.Settings(Chart.Render(values)).Replace("/run/secrets/ipcscope", folder, StringComparison.Ordinal));
        Tool.Run([Repository.Path("out/ipcscope"), "run", "--config", $"{folder}/ipcscope.yaml", "--check"]).AssertWell();
        Directory.Delete(folder, recursive: true);
    }
}
