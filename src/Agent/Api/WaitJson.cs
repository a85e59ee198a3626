using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Export;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>A call that waits, and who could end that.</summary>
internal static class WaitJson
{
    private const int MostParties = 16;

    /// <summary>As an object behind a name, if there is one.</summary>
    public static void Write(Utf8JsonWriter json, string name, Wait? wait)
    {
        if (wait is not null)
        {
            json.WritePropertyName(name);
            Write(json, wait);
        }
    }

    /// <summary>As an array behind a name, the longest first.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<Wait> waits)
    {
        json.WriteStartArray(name);
        foreach (Wait wait in waits.OrderByDescending(wait => wait.Call.Age))
        {
            Write(json, wait);
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Wait wait)
    {
        CallInProgress call = wait.Call;
        json.WriteStartObject();
        json.WriteString("process"u8, call.Name);
        json.WriteNumber("pid"u8, call.Pid);
        json.WriteString("process_id"u8, Ids.Of(call.Flow.Process));
        json.WriteNumber("tid"u8, call.Tid);
        json.WriteString("mechanism"u8, Words.Mechanisms[(int)call.Flow.Mechanism]);
        json.WriteString("operation"u8, Words.Operations[(int)call.Flow.Operation]);
        json.WriteString("channel"u8, call.Channel);
        json.WriteString("channel_id"u8, Ids.Of(call.Flow.Channel));
        json.WriteString("reason"u8, Words.Reasons[(int)call.Reason]);
        json.WriteNumber("age_seconds"u8, TraceJson.ToSeconds(call.Age));
        json.WriteBoolean("at_least"u8, call.IsFromBefore);
        json.WriteStartArray("waits_for"u8);
        foreach (Party party in wait.Parties.Take(MostParties))
        {
            json.WriteStartObject();
            json.WriteString("process"u8, party.Name);
            json.WriteNumber("pid"u8, party.Pid);
            json.WriteString("role"u8, party.Role.ToString().ToLowerInvariant());
            json.WriteString("doing"u8, party.Doing);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
