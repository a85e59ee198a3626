using System.Text.Json;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Refusals, as RFC 9457 wants them.</summary>
internal static class Problem
{
    /// <summary>Answers with one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">What is wrong.</param>
    /// <param name="detail">Why, and what to do.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        using var frame = new MemoryStream();
        using (var json = new Utf8JsonWriter(frame))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }
        return context.Response.Body.WriteAsync(frame.ToArray()).AsTask();
    }
}
