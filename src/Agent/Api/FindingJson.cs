using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>A finding.</summary>
internal static class FindingJson
{
    /// <summary>As an object.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, finding.Id);
        json.WriteString("rule"u8, finding.Rule);
        json.WriteString("severity"u8, finding.Counsel.Severity);
        json.WriteString("summary"u8, finding.Summary);
        DocumentJson.Time(json, "since", finding.Since);
        JsonLine.Number(json, "age_seconds"u8, Math.Max(0, (now - finding.Since).TotalSeconds), 3);
        json.WriteBoolean("at_least"u8, finding.AtLeast);
        DocumentJson.Strings(json, "evidence", finding.Evidence);
        json.WriteString("effect"u8, finding.Counsel.Effect);
        json.WriteString("advice"u8, finding.Counsel.Advice);
        json.WriteStartArray("culprits"u8);
        foreach ((uint pid, string name) in finding.Culprits)
        {
            json.WriteStartObject();
            json.WriteString("process"u8, name);
            json.WriteNumber("pid"u8, pid);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        DocumentJson.Strings(json, "channel_ids", finding.ChannelIds);
        DocumentJson.Strings(json, "process_ids", finding.ProcessIds);
        json.WriteEndObject();
    }
}
