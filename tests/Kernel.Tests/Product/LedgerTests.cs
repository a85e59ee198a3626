using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary><c>doctor --live</c> and <c>doctor --self-test</c>.</summary>
[Collection(nameof(ProductGroup))]
public sealed class LedgerTests
{
    [Theory]
    [InlineData("kernel")]
    [InlineData("ring")]
    public void ARunningAgentCountsWhatTheSelfTestDoes(string mode)
    {
        using RunningAgent agent = new($"aggregation: {{ mode: {mode} }}");
        Outcome outcome = Binary.Run("doctor", "--self-test", "--config", agent.ConfigFile, "-o", "json").AssertStatus(0);
        AssertEqual(outcome);
        Assert.Contains($"120,000 operations made, 120,000 counted by the agent at 127.0.0.1:{agent.Port}; ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACaptureOfItsOwnCountsWhatTheSelfTestDoes()
    {
        Outcome outcome = Binary.Run("doctor", "--self-test", "--address", "127.0.0.1:1", "-o", "json").AssertStatus(0);
        AssertEqual(outcome);
        Assert.Contains("120,000 operations made, 120,000 counted by a capture of its own; ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheAgentLeavesOutIsNotTested()
    {
        using RunningAgent agent = new("mechanisms: { mq: false, unix: false }");
        Outcome outcome = Binary.Run("doctor", "--self-test", "--config", agent.ConfigFile).AssertStatus(0);
        Assert.DoesNotContain(" mq ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(9, outcome.Lines.Length);
    }

    [Fact]
    public void AFilterThatLeavesTheSelfTestOutIsTold()
    {
        using RunningAgent agent = new("filter: process = nobody");
        Outcome outcome = Binary.Run("doctor", "--self-test", "--address", $"127.0.0.1:{agent.Port}").AssertStatus(1);
        Assert.Contains("does the agent's filter leave it out", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLedgerOfARunningAgentAddsUp()
    {
        using RunningAgent agent = new();
        Workloads.Perform("pipe/readwrite", "unix-stream/sendmsg");
        Outcome outcome = Binary.Run("doctor", "--live", "--address", $"127.0.0.1:{agent.Port}", "-o", "json").AssertStatus(0);
        Dictionary<string, JsonElement> stages = outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(stage => stage.GetProperty("stage").GetString()!);
        Assert.Equal(["hook", "table", "ring", "identity", "edges", "series", "output"], stages.Keys);
        Assert.All(stages.Values, stage => Assert.True(!stage.TryGetProperty("unexplained", out JsonElement unexplained) || unexplained.GetInt64() == 0));
        Assert.NotEqual(0UL, stages["table"].GetProperty("seen").GetUInt64());
    }

    // What a stage saw is what it counted and what it lost, whichever command tells; each of these losses is made here.
    [Theory]
    [InlineData("trace -m pipe -o json -- sh -c", "table ring identity output")]
    [InlineData("top -b -n 2 -i 100ms -o json", "table identity")]
    [InlineData("check -d 1s -o json", "table identity")]
    [InlineData("graph -d 1s -o json", "table identity edges")]
    public void EverySummaryHasTheLedger(string command, string names)
    {
        // Of a pipe that nobody reads the taker is unknown; what ends at once has no executable that can be read.
        const string Work = "{ echo 1; echo 2; } | sleep 0.1; for i in 1 2 3; do /bin/true; done";
        Outcome outcome = Binary.Script(command.EndsWith("-c", StringComparison.Ordinal)
            ? $"$AGENT {command} '{Work}'"
            : $"(while :; do {Work}; done) & work=$!; $AGENT {command}; status=$?; kill $work; exit $status").AssertStatus(0);
        JsonElement summary = JsonDocument.Parse(outcome.ErrorLines.Single(line => line.Contains("\"kind\":\"summary\"", StringComparison.Ordinal))).RootElement;
        JsonProperty[] stages = [.. summary.GetProperty("stages").EnumerateObject()];
        Assert.Equal(names.Split(' '), stages.Select(stage => stage.Name));
        ulong Of(JsonProperty stage, string figure) => stage.Value.GetProperty(figure).GetUInt64();
        Assert.All(stages, stage => Assert.Equal(Of(stage, "seen"), Of(stage, "counted") + Of(stage, "lost")));
        foreach ((string stage, string cause) in ((string, string)[])[("identity", "unreadable_path"), ("edges", "unknown_peer")])
        {
            foreach (JsonProperty lossy in stages.Where(each => each.Name == stage))
            {
                Assert.NotEqual(0UL, Of(lossy, "lost"));
                Assert.Equal(Of(lossy, "lost"), summary.GetProperty("losses").GetProperty(cause).GetUInt64());
            }
        }
    }

    private static void AssertEqual(Outcome outcome)
    {
        JsonElement[] lines = [.. outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(12, lines.Length);
        Assert.All(lines, line => Assert.Equal((10_000UL, 10_000UL, "ok"), (line.GetProperty("made").GetUInt64(), line.GetProperty("counted").GetUInt64(), line.GetProperty("state").GetString())));
    }
}
