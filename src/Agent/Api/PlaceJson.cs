using System.Text.Json;
using Ipcscope.Enrich;

namespace Ipcscope.Api;

/// <summary>Where a process runs, as commands tell it, and what it belongs to; what does not apply is left out.</summary>
internal static class PlaceJson
{
    /// <summary>As fields of an object.</summary>
    public static void Write(Utf8JsonWriter json, Place place)
    {
        Cli.PlaceJson.Write(json, place);
        if (place.Workload.Length > 0)
        {
            json.WriteString("workload"u8, place.Workload);
        }
    }
}
