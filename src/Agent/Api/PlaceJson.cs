using System.Text.Json;
using Ipcscope.Enrich;

namespace Ipcscope.Api;

/// <summary>Where a process runs; what does not apply is left out.</summary>
internal static class PlaceJson
{
    /// <summary>As fields of an object.</summary>
    public static void Write(Utf8JsonWriter json, Place place)
    {
        Write(json, "container", place.Container);
        Write(json, "pod", place.Pod);
        Write(json, "namespace", place.Namespace);
        Write(json, "workload", place.Workload);
    }

    private static void Write(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
