using System.Text.Json;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Answers that are written anew for each request.</summary>
internal static class JsonAnswer
{
    /// <summary>Sends an object; its schema comes first.</summary>
    public static Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var frame = new Frame();
        using (var json = new Utf8JsonWriter(frame))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            write(json);
            json.WriteEndObject();
        }
        return SendAsync(context, frame.Seal());
    }

    /// <summary>Sends a text that is complete.</summary>
    public static async Task SendAsync(HttpContext context, Frame frame)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = frame.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await frame.WriteToAsync(context.Response.BodyWriter, context.RequestAborted);
        }
    }
}
