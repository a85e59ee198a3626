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

    /// <summary>As fields of one.</summary>
    public static void Fields(Utf8JsonWriter json, ProcessRow row, double seconds)
    {
        json.WriteString("id"u8, row.Id);
        json.WriteString("process"u8, row.Name);
        json.WriteNumber("pid"u8, row.Process.Key.Pid);
        if (row.Process.Executable.Length > 0)
        {
            json.WriteString("executable"u8, row.Process.Executable);
        }
        if (ProcessOwners.Of(row.Process) is { Length: > 0 } user)
        {
            json.WriteString("user"u8, user);
        }
        PlaceJson.Write(json, row.Place);
        if (row.Place.Cgroup.Length > 0)
        {
            json.WriteString("cgroup"u8, row.Place.Cgroup);
        }
        ActivityJson.Sums(json, row.Activity);
        ActivityJson.Rates(json, row.Activity, seconds);
        DocumentJson.Strings(json, "mechanisms", Words.Mechanisms.Where((_, i) => (row.Mechanisms >> i & 1) != 0));
        json.WriteNumber("channels"u8, row.Channels.Count);
        WaitJson.Write(json, "longest_wait", row.LongestWait);
    }
}
