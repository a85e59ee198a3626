using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>The pages of the API.</summary>
/// <param name="hub">What there is to tell.</param>
/// <param name="operations">Single operations.</param>
internal sealed class ApiPages(Hub hub, OperationStreams operations)
{
    private const string Root = "/api/v1";

    /// <summary>Maps them.</summary>
    public void Map(WebApplication app)
    {
        Page(app, $"{Root}/health", HealthAsync);
        Page(app, $"{Root}/channels", ChannelsAsync);
        Page(app, $"{Root}/channels/{{id}}", ChannelAsync);
        Page(app, $"{Root}/processes", ProcessesAsync);
        Page(app, $"{Root}/processes/{{id}}", ProcessAsync);
        Page(app, $"{Root}/objects", ObjectsAsync);
        Page(app, $"{Root}/graph", GraphAsync);
        Page(app, $"{Root}/findings", FindingsAsync);
        Page(app, $"{Root}/stream", new StreamPage(hub).AnswerAsync);
        Page(app, $"{Root}/operations", new OperationsPage(operations).AnswerAsync);
        Page(app, "/openapi/v1.json", OpenApi.AnswerAsync);
        app.MapFallback((RequestDelegate)(context => ProblemPage.WriteAsync(context, StatusCodes.Status404NotFound, "there is no such page", $"the pages are below {Root}; /openapi/v1.json describes them")));
    }

    private static void Page(WebApplication app, string path, RequestDelegate answer) => app.Map(path, (RequestDelegate)(context => ProblemPage.GuardAsync(context, answer)));

    private async Task HealthAsync(HttpContext context)
    {
        _ = new Query(context.Request.Query);
        View view = await hub.ViewAsync(Filter.None, context.RequestAborted);
        await JsonPage.WriteAsync(context, json => HealthJson.Write(json, view));
    }

    private Task ChannelsAsync(HttpContext context) => RowsAsync(context, static view => view.Channels.Values, ChannelJson.Write, static view => view.ChannelsUnlisted);

    private Task ProcessesAsync(HttpContext context) => RowsAsync(context, static view => view.Processes.Values, ProcessJson.Write, static _ => null);

    private async Task RowsAsync<T>(HttpContext context, Func<View, IEnumerable<T>> rows, Action<Utf8JsonWriter, T, double> write, Func<View, int?> unlisted)
        where T : Row
    {
        var query = new Query(context.Request.Query, "filter", "limit", "offset", "sort");
        (Order order, int limit, int offset) = (query.Order, query.Limit, query.Offset);
        View view = await hub.ViewAsync(query.Filter(), context.RequestAborted);
        await JsonPage.WriteAsync(context, json =>
            JsonPage.Items(json, view.Time, view.Seconds, RowOrder.Sort(rows(view), order), offset, limit, row => write(json, row, view.Seconds), unlisted(view)));
    }

    private async Task ChannelAsync(HttpContext context)
    {
        _ = new Query(context.Request.Query);
        View view = await hub.ViewAsync(Filter.None, context.RequestAborted);
        string id = Id(context);
        ChannelRow row = view.Channels.Values.FirstOrDefault(row => row.Id == id) ?? throw RequestFault.Gone("channel");
        await JsonPage.WriteAsync(context, json =>
        {
            DocumentJson.Begin(json, view.Time, view.Seconds);
            ChannelDetail.Write(json, row, view);
        });
    }

    private async Task ProcessAsync(HttpContext context)
    {
        _ = new Query(context.Request.Query);
        View view = await hub.ViewAsync(Filter.None, context.RequestAborted);
        ProcessRow row = view.Processes.GetValueOrDefault(Id(context)) ?? throw RequestFault.Gone("process");
        await JsonPage.WriteAsync(context, json =>
        {
            DocumentJson.Begin(json, view.Time, view.Seconds);
            ProcessJson.Fields(json, row, view.Seconds);
            DocumentJson.Strings(json, "channel_ids", row.Channels.Select(key => Ids.Of(key)));
            WaitJson.Write(json, "waits", view.Waits.Where(wait => Ids.Of(wait.Call.Flow.Process) == row.Id));
            WaitJson.Write(json, "waited_for_by", view.Waits.Where(wait => wait.Parties.Any(party => party.Pid == row.Process.Key.Pid) && wait.Call.Pid != row.Process.Key.Pid));
        });
    }

    private async Task ObjectsAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "limit", "offset");
        (int limit, int offset) = (query.Limit, query.Offset);
        (DateTimeOffset time, double seconds, IReadOnlyList<IpcObject> objects) = await hub.ObjectsAsync(context.RequestAborted);
        var writer = new ObjectJson(UserNames.Read());
        await JsonPage.WriteAsync(context, json => JsonPage.Items(json, time, seconds, objects, offset, limit, o =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Ids.Of(o));
            writer.Write(json, o, "sysv_id");
            json.WriteEndObject();
        }));
    }

    private async Task GraphAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "filter", "group");
        ApiGroup group = query.Group;
        View view = await hub.ViewAsync(query.Filter(), context.RequestAborted);
        var graph = new GraphView(view.Edges, group, view.Processes);
        await JsonPage.WriteAsync(context, json =>
        {
            DocumentJson.Begin(json, view.Time, view.Seconds);
            JsonPage.Array(json, "nodes", graph.Nodes, node => GraphViewJson.Write(json, node));
            JsonPage.Array(json, "edges", graph.Edges, edge => GraphViewJson.Write(json, edge));
        });
    }

    private async Task FindingsAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "filter", "limit", "offset");
        (int limit, int offset) = (query.Limit, query.Offset);
        View view = await hub.ViewAsync(query.Filter(), context.RequestAborted);
        await JsonPage.WriteAsync(context, json => JsonPage.Items(json, view.Time, view.Seconds, view.Findings, offset, limit, finding => FindingJson.Write(json, finding, view.Time)));
    }

    private static string Id(HttpContext context) => context.Request.RouteValues["id"] as string ?? "";
}
