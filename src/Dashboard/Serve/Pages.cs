using System.Buffers;
using System.Text;
using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.History;
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
        Memory memory = app.Services.GetRequiredService<Memory>();
        TimeProvider time = app.Services.GetRequiredService<TimeProvider>();
        Prometheus? prometheus = app.Services.GetService<Prometheus>();
        var agents = new AgentPages(app.Services.GetRequiredService<AddressWatch>(), time);
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        feed.OnInterval = (now, latency) => memory.Remember(fleet, now, latency);
        Map(app, "/livez", static context => TextAsync(context, "ok"));
        Map(app, "/readyz", static context => TextAsync(context, "ok"));
        Map(app, "/api/v1/stream", new StreamPage(feed, app.Services.GetRequiredService<FilteredFeeds>(), agents, stopping).ServeAsync);
        Map(app, "/api/v1/agents", context => JsonAnswer.SendAsync(context, WriteAgents(fleet, time.GetUtcNow())));
        foreach (Kind kind in new[] { Kind.Channels, Kind.Processes, Kind.Findings })
        {
            MapCollection(app, kind.Name(), (context, page) => page.Filter.Length > 0
                ? agents.ServeCollectionAsync(context, kind.Name(), page)
                : JsonAnswer.SendAsync(context, CollectionPage.Write(fleet, kind, page, time.GetUtcNow())));
        }
        MapCollection(app, "objects", (context, page) => agents.ServeCollectionAsync(context, "objects", page));
        Map(app, "/api/v1/channels/{agent}/{**id}", context => agents.ServeDetailAsync(context, Kind.Channels));
        Map(app, "/api/v1/processes/{agent}/{**id}", context => agents.ServeDetailAsync(context, Kind.Processes));
        Map(app, "/api/v1/graph", agents.ServeGraphAsync);
        Map(app, "/api/v1/operations", context => agents.ServeOperationsAsync(context, stopping));
        Map(app, "/api/v1/history", context => HistoryPage.ServeAsync(context, fleet, memory, prometheus, time.GetUtcNow()));
        Map(app, "/api/v1/heatmap", context => HistoryPage.ServeHeatmapAsync(context, memory, time.GetUtcNow()));
        Map(app, "/api/{**rest}", static context => Problem.WriteAsync(context, StatusCodes.Status404NotFound, "not found", "there is no such address: /api/v1/agents is one"));
        Map(app, "/{**path}", new Assets().ServeAsync);
    }

    private static void MapCollection(WebApplication app, string name, Func<HttpContext, Page, Task> serve) => Map(
        app, $"/api/v1/{name}", context => Page.Read(context.Request.Query, out string fault) is { } page
            ? serve(context, page)
            : Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the request makes no sense", fault));

    private static void Map(WebApplication app, string path, RequestDelegate page) => app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], page);

    private static Task TextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
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
