using System.Text.Json;
using Ipcscope.Enrich;

namespace Ipcscope.Cli;

/// <summary>Where a process runs, as fields of an object: those that are known.</summary>
internal static class PlaceJson
{
    /// <summary>Writes <c>container</c>, <c>pod</c> and <c>namespace</c>.</summary>
    public static void Write(Utf8JsonWriter json, Place place)
    {
        Write(json, "container", place.Container);
        Write(json, "pod", place.Pod);
        Write(json, "namespace", place.Namespace);
    }

    private static void Write(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
