using System.Text.Json;
using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>The health of the agent.</summary>
internal static class HealthJson
{
    /// <summary>As fields of an object, <c>schema</c> first.</summary>
    public static void Write(Utf8JsonWriter json, View view)
    {
        AgentHealth health = view.Health;
        AgentFacts facts = health.Facts;
        DocumentJson.Begin(json, view.Time, facts.Interval.TotalSeconds);
        json.WriteString("node"u8, facts.Node);
        json.WriteString("version"u8, facts.Version);
        json.WriteString("kernel"u8, facts.Kernel);
        json.WriteString("architecture"u8, facts.Architecture);
        DocumentJson.Time(json, "started", facts.Started);
        json.WriteBoolean("ready"u8, health.Ready);
        json.WriteString("mode"u8, facts.Mode);
        json.WriteString("attachment"u8, facts.Attachment);
        json.WriteNumber("programs"u8, health.Programs);
        json.WriteNumber("flows"u8, health.Flows);
        json.WriteNumber("flows_limit"u8, health.FlowsLimit);
        json.WriteNumber("channels"u8, health.Channels);
        if (health.ChannelsUnlisted is { } unlisted)
        {
            json.WriteNumber("channels_unlisted"u8, unlisted);
        }
        json.WriteNumber("processes"u8, health.Processes);
        ActivityJson.Sums(json, health.All);
        JsonLine.Number(json, "operations_per_second"u8, health.All.NewOperations / view.Seconds, 3);
        Losses(json, health);
        Cost(json, health);
        json.WriteNumber("viewers"u8, health.Viewers);
        json.WriteStartArray("missing"u8);
        foreach ((string what, string effect) in health.Missing)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, what);
            json.WriteString("effect"u8, effect);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Losses(Utf8JsonWriter json, AgentHealth health)
    {
        json.WriteStartArray("losses"u8);
        foreach (LossCount loss in health.Losses.Where(loss => loss.Count > 0))
        {
            json.WriteStartObject();
            json.WriteString("stage"u8, loss.Stage);
            json.WriteString("cause"u8, loss.Cause);
            json.WriteNumber("count"u8, loss.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("stages"u8);
        foreach (StageCount stage in health.Stages)
        {
            json.WriteStartObject();
            json.WriteString("stage"u8, stage.Stage);
            json.WriteNumber("seen"u8, stage.Seen);
            json.WriteNumber("counted"u8, stage.Counted);
            json.WriteNumber("lost"u8, stage.Lost);
            json.WriteNumber("unexplained"u8, stage.Unexplained);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Cost(Utf8JsonWriter json, AgentHealth health)
    {
        json.WriteStartObject("cost"u8);
        JsonLine.Number(json, "cpu_seconds"u8, health.Cpu.TotalSeconds, 6);
        JsonLine.Number(json, "cpu_share"u8, health.CpuShare, 6);
        json.WriteNumber("resident_bytes"u8, health.Resident);
        JsonLine.Number(json, "program_share"u8, health.ProgramShare ?? double.NaN, 6);
        json.WriteEndObject();
    }
}
