using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Export;

namespace Ipcscope.Api;

/// <summary>A process.</summary>
internal static class ProcessJson
{
    /// <summary>As an object.</summary>
    public static void Write(Utf8JsonWriter json, ProcessRow row, double seconds)
    {
        json.WriteStartObject();
        Fields(json, row, seconds);
        json.WriteEndObject();
    }

    /// <summary>What a process is, as text.</summary>
    public static byte[] Head(ProcessRow row, string user) => FieldText.Make(json =>
    {
        json.WriteString("id"u8, row.Id);
        json.WriteString("process"u8, row.Name);
        json.WriteNumber("pid"u8, row.Process.Key.Pid);
        if (row.Process.Executable.Length > 0)
        {
            json.WriteString("executable"u8, row.Process.Executable);
        }
        if (user.Length > 0)
        {
            json.WriteString("user"u8, user);
        }
        PlaceJson.Write(json, row.Place);
        if (row.Place.Cgroup.Length > 0)
        {
            json.WriteString("cgroup"u8, row.Place.Cgroup);
        }
    });

    /// <summary>As fields of one.</summary>
    public static void Fields(Utf8JsonWriter json, ProcessRow row, double seconds)
    {
        FieldText.Write(json, row.Traffic is { } traffic ? traffic.Head(row) : Head(row, ProcessOwners.Of(row.Process)));
        ActivityJson.SumsAndRates(json, row.Activity, seconds);
        json.WriteStartArray("mechanisms"u8);
        for (int i = 0; i < Words.Mechanisms.Length; i++)
        {
            if ((row.Mechanisms >> i & 1) != 0)
            {
                json.WriteStringValue(Words.Mechanisms[i]);
            }
        }
        json.WriteEndArray();
        json.WriteNumber("channels"u8, row.Channels.Count);
        WaitJson.Write(json, "longest_wait", row.LongestWait);
    }
}
