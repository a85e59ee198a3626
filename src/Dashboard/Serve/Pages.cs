using System.Buffers;
using System.Text;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Everything that is served, by its path.</summary>
internal static class Pages
{
    /// <summary>Maps it.</summary>
    public static void MapPages(this WebApplication app)
    {
        Fleet fleet = app.Services.GetRequiredService<Fleet>();
        Feed feed = app.Services.GetRequiredService<Feed>();
        TimeProvider time = app.Services.GetRequiredService<TimeProvider>();
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        Map(app, "/livez", static context => TextAsync(context, "ok"));
        Map(app, "/readyz", static context => TextAsync(context, "ok"));
        Map(app, "/api/v1/stream", context => StreamPage.ServeAsync(context, feed, stopping));
        Map(app, "/api/v1/agents", context => SendAsync(context, WriteAgents(fleet, time.GetUtcNow())));
        foreach (Kind kind in new[] { Kind.Channels, Kind.Processes, Kind.Findings })
        {
            Map(app, $"/api/v1/{kind.Name()}", context => Page.Read(context.Request.Query, out string fault) is { } page
                ? SendAsync(context, CollectionPage.Write(fleet, kind, page, time.GetUtcNow()))
                : Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the request makes no sense", fault));
        }
        Map(app, "/api/{**rest}", static context => Problem.WriteAsync(context, StatusCodes.Status404NotFound, "not found", "there is no such address: /api/v1/agents is one"));
        Map(app, "/{**path}", new Assets().ServeAsync);
    }

    private static void Map(WebApplication app, string path, RequestDelegate page) => app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], page);

    private static Task TextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    private static async Task SendAsync(HttpContext context, Frame frame)
    {
        try
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = frame.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await frame.WriteToAsync(context.Response.Body, context.RequestAborted);
            }
        }
        finally
        {
            frame.Release();
        }
    }

    private static Frame WriteAgents(Fleet fleet, DateTimeOffset now)
    {
        lock (fleet.Gate)
        {
            var frame = new Frame();
            frame.Write(Encoding.UTF8.GetBytes(
                $"{{\"schema\":1,\"time\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"interval_seconds\":{Feed.Interval.TotalSeconds:0.###},\"total\":{fleet.Agents.Count},\"offset\":0,\"limit\":{Page.Most},\"items\":["));
            bool first = true;
            foreach (AgentState agent in fleet.Agents)
            {
                frame.Write(first ? ""u8 : ","u8);
                AgentWriter.Write(frame, agent);
                first = false;
            }
            frame.Write("]}\n"u8);
            return frame.Seal();
        }
    }
}
