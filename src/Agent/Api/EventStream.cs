using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Ipcscope.Api;

/// <summary>Server-sent events.</summary>
internal static class EventStream
{
    private const string Gzip = "gzip";

    /// <summary>Whether the client takes them compressed.</summary>
    public static bool IsPacked(HttpContext context) =>
        context.Request.GetTypedHeaders().AcceptEncoding.Any(static encoding => encoding.Quality is not 0 && encoding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase));

    /// <summary>Sets the headers. How slow is too slow, the sender decides.</summary>
    public static void Begin(HttpContext context, bool packed = false)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        if (packed)
        {
            context.Response.Headers.ContentEncoding = Gzip;
        }
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
