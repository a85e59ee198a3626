using System.Text.Json;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>An answer in JSON.</summary>
internal static class JsonPage
{
    /// <summary>Writes an object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fields">Writes its fields.</param>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> fields)
    {
        HttpResponse response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        await using (var json = new Utf8JsonWriter(response.BodyWriter, JsonLine.Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A page of items; <paramref name="unlisted"/> more there are that nothing is told of.</summary>
    public static void Items<T>(Utf8JsonWriter json, DateTimeOffset time, double seconds, IReadOnlyCollection<T> items, int offset, int limit, Action<T> write, int? unlisted = null)
    {
        DocumentJson.Begin(json, time, seconds);
        json.WriteNumber("total"u8, items.Count);
        json.WriteNumber("offset"u8, offset);
        json.WriteNumber("limit"u8, limit);
        if (unlisted is { } more)
        {
            json.WriteNumber("unlisted"u8, more);
        }
        Array(json, "items", items.Skip(offset).Take(limit), write);
    }

    /// <summary>An array behind a name.</summary>
    public static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }
        json.WriteEndArray();
    }
}
