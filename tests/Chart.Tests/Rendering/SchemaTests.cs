using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Rendering;

/// <summary>values.schema.json: what is wrong is refused before anything is installed.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText($"{Chart.Folder}/values.schema.json"))!.AsObject();

    /// <summary>What the chart sets from values of its own, and users therefore may not.</summary>
    private static readonly string[] SetByTheChart =
    [
        "metrics.listen", "metrics.tokenFile", "metrics.tls.certificateFile", "metrics.tls.keyFile", "metrics.tls.clientCaFile",
        "api.listen", "api.tokenFile", "api.tls.certificateFile", "api.tls.keyFile", "api.tls.clientCaFile",
        "kubernetes.enabled", "kubernetes.nodeName", "kubernetes.criSocket",
    ];

    [Fact]
    public void ItHasTheAgentsKeysAndNoOther()
    {
        string printed = Tool.Run([Repository.Path("out/ipcscope"), "run", "--check"]).AssertWell().Output;
        IEnumerable<string> agents = YamlTree.Leaves(YamlTree.Documents(printed).Single()).Except(SetByTheChart);
        Assert.Equal(agents.Order(StringComparer.Ordinal), Keys(Schema["$defs"]!["config"]!.AsObject(), "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryValueIsInIt() => Assert.All(
        YamlTree.Documents(File.ReadAllText($"{Chart.Folder}/values.yaml")).Single(),
        value => Assert.True(Schema["properties"]!.AsObject().ContainsKey(value.Key), $"{value.Key} is not in the schema"));

    /// <summary>Every value has a line that tells what it is for, or lies beside one that has.</summary>
    [Fact]
    public void EverySectionIsExplained()
    {
        string[] lines = File.ReadAllLines($"{Chart.Folder}/values.yaml");
        string[] sections = [.. lines.Select(line => line.Split(':')[0]).Where(key => key.Length > 0 && char.IsAsciiLetter(key[0]))];
        string docs = File.ReadAllText(Repository.Path("docs/kubernetes.md"));
        Assert.All(sections, section => Assert.Contains($"`{section}", docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("image.tagg=1", "tagg")]
    [InlineData("config.metrics.lables={process}", "lables")]
    [InlineData("config.metrics.listen=0.0.0.0:1", "listen")]
    [InlineData("config.metrics.tokenFile=/etc/passwd", "tokenFile")]
    [InlineData("config.kubernetes.enabled=true", "kubernetes")]
    [InlineData("config.metrics.labels={color}", "labels")]
    [InlineData("config.aggregation.maxFlows=63", "maxFlows")]
    [InlineData("config.aggregation.interval=soon", "interval")]
    [InlineData("config.mechanisms.carrier_pigeon=true", "carrier_pigeon")]
    [InlineData("names.source=nodes/proxy", "source")]
    [InlineData("image.digest=sha256:abc", "digest")]
    [InlineData("listen.port=0", "port")]
    [InlineData("resources.limit.memory=1Gi", "limit")]
    public void WhatIsWrongIsRefused(string value, string named)
    {
        Outcome outcome = Chart.Template("--set", value);
        Assert.NotEqual(0, outcome.Status);
        Assert.Contains(named, outcome.Error, StringComparison.Ordinal);
    }

    // A mechanism may be a switch or a section with further switches; printed, it is the section.
    private static IEnumerable<string> Keys(JsonObject schema, string path)
    {
        JsonObject shape = schema["oneOf"] is JsonArray forms ? forms.Select(form => form!.AsObject()).Single(form => form["properties"] is not null) : schema;
        return shape["properties"] is JsonObject properties
            ? properties.SelectMany(property => Keys(property.Value!.AsObject(), path.Length == 0 ? property.Key : $"{path}.{property.Key}"))
            : [path];
    }
}
