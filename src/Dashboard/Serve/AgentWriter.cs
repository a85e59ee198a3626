using System.Buffers;
using System.Text.Json;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Writes what is known of an agent; under the fleet's lock.</summary>
internal static class AgentWriter
{
    /// <summary>Writes its object.</summary>
    public static void Write(IBufferWriter<byte> output, AgentState agent)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("agent", agent.Name);
        json.WriteString("address", agent.Address);
        json.WriteString("state", Word(agent.State));
        json.WriteString("since", agent.Since.UtcDateTime);
        if (agent.LastSeen is { } seen)
        {
            json.WriteString("last_seen", seen.UtcDateTime);
            json.WriteNumber("lag_seconds", Math.Round(agent.Lag.TotalSeconds, 3));
        }
        if (agent.Error is { } error)
        {
            json.WriteString("error", error);
        }
        if (agent.Left > 0)
        {
            json.WriteNumber("items_left_out", agent.Left);
        }
        if (agent.Health.Length > 0)
        {
            json.WritePropertyName("health");
            json.WriteRawValue(agent.Health, skipInputValidation: true);
        }
        json.WriteEndObject();
    }

    private static string Word(LinkState state) => state switch
    {
        LinkState.Connecting => "connecting",
        LinkState.Live => "live",
        LinkState.Stale => "stale",
        _ => "gone",
    };
}
