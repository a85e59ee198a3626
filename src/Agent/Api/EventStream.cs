using Ipcscope.Export.Gzip;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Ipcscope.Api;

/// <summary>Server-sent events.</summary>
internal static class EventStream
{
    /// <summary>Sets the headers. How slow is too slow, the sender decides.</summary>
    public static void Begin(HttpContext context, bool packed = false)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        if (packed)
        {
            context.Response.Headers.ContentEncoding = GzipFormat.Encoding;
        }
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
