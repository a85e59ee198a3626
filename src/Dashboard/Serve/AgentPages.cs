using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary>What agents are asked for while somebody waits: details, filters, objects, graphs, single operations.</summary>
internal sealed class AgentPages(AddressWatch agents, TimeProvider time)
{
    private const int LongestAnswer = 64 << 20;
    private const int MostFollowed = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _followed;

    /// <summary>A channel or a process of one agent.</summary>
    public async Task ServeDetailAsync(HttpContext context, Kind kind)
    {
        string name = (string?)context.Request.RouteValues["agent"] ?? "";
        string id = (string?)context.Request.RouteValues["id"] ?? "";
        if (agents.Find(name) is not { } agent)
        {
            await UnknownAsync(context, name);
            return;
        }
        (HttpStatusCode status, byte[] body) = await AskAsync(agent, $"/api/v1/{kind.Name()}/{Uri.EscapeDataString(id)}", context.RequestAborted);
        if (status != HttpStatusCode.OK)
        {
            await PassOnAsync(context, agent, status, body);
            return;
        }
        var frame = new Frame();
        new ItemReader(agent.State.Name).ReadOne(body).WriteTo(frame);
        await JsonAnswer.SendAsync(context, frame.Seal());
    }

    /// <summary>A collection of all live agents, filtered by them.</summary>
    public async Task ServeCollectionAsync(HttpContext context, string collection, Page page)
    {
        var query = QueryString.Create([
            new("limit", $"{Math.Min(Page.Most, page.Offset + page.Limit)}"), .. collection == "objects" ? Array.Empty<KeyValuePair<string, string?>>() : [new("sort", page.SortWord)], .. page.Filter.Length > 0 ? [new("filter", page.Filter)] : Array.Empty<KeyValuePair<string, string?>>(),
        ]);
        if (await AskAllAsync(context, $"/api/v1/{collection}{query}") is not { } answers)
        {
            return;
        }
        List<Item> items = [];
        long total = 0;
        foreach ((AgentLink agent, byte[] body) in answers)
        {
            var reader = new ItemReader(agent.State.Name);
            using var json = JsonDocument.Parse(body);
            total += json.RootElement.TryGetProperty("total", out JsonElement number) ? number.GetInt64() : 0;
            items.AddRange(Objects(json, "items").Select(reader.ReadOne));
        }
        await JsonAnswer.SendAsync(context, CollectionPage.Write(items.ToArray(), (int)Math.Min(int.MaxValue, total), page, time.GetUtcNow()));
    }

    /// <summary>Whether a filter can be read; if not, the answer says why.</summary>
    public async Task<bool> TakeFilterAsync(HttpContext context, string filter) =>
        await AskAllAsync(context, $"/api/v1/channels{QueryString.Create("limit", "1").Add("filter", filter)}") is not null;

    /// <summary>The graphs of all live agents beside each other.</summary>
    public async Task ServeGraphAsync(HttpContext context)
    {
        var query = QueryString.Create(context.Request.Query.Where(static pair => pair.Key is "group" or "filter"));
        if (await AskAllAsync(context, $"/api/v1/graph{query}") is not { } answers)
        {
            return;
        }
        var frame = new Frame();
        frame.Write(Encoding.UTF8.GetBytes($"{{\"schema\":1,\"time\":\"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}\",\"interval_seconds\":{Feed.Interval.TotalSeconds:0.###}"));
        foreach (string part in new[] { "nodes", "edges" })
        {
            frame.Write(Encoding.UTF8.GetBytes($",\"{part}\":["));
            List<Item> items = [];
            foreach ((AgentLink agent, byte[] body) in answers)
            {
                var reader = new ItemReader(agent.State.Name);
                using var json = JsonDocument.Parse(body);
                items.AddRange(Objects(json, part).Select(reader.ReadOne));
            }
            frame.Add([.. items]);
            frame.Write("]"u8);
        }
        frame.Write("}\n"u8);
        await JsonAnswer.SendAsync(context, frame.Seal());
    }

    /// <summary>Single operations of one agent, as they happen.</summary>
    public async Task ServeOperationsAsync(HttpContext context, CancellationToken stopping)
    {
        string name = context.Request.Query["agent"].ToString();
        if (agents.Find(name) is not { } agent)
        {
            await UnknownAsync(context, name);
            return;
        }
        if (Interlocked.Increment(ref _followed) > MostFollowed)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "too many viewers", $"{MostFollowed} follow operations already: close some pages");
            Interlocked.Decrement(ref _followed);
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var query = QueryString.Create(context.Request.Query.Where(static pair => pair.Key is "filter" or "limit"));
            using HttpResponseMessage response = await agent.GetAsync($"/api/v1/operations{query}", end.Token);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await using Stream stream = await response.Content.ReadAsStreamAsync(end.Token);
            byte[] part = new byte[8 << 10];
            int read;
            while ((read = await stream.ReadAsync(part, end.Token)) > 0)
            {
                await context.Response.Body.WriteAsync(part.AsMemory(0, read), end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer has gone, or we go.
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            if (!context.Response.HasStarted)
            {
                await PassOnAsync(context, agent, HttpStatusCode.BadGateway, []);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _followed);
        }
    }

    private static IEnumerable<byte[]> Objects(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out JsonElement items) ? items.EnumerateArray().Select(static item => Encoding.UTF8.GetBytes(item.GetRawText())) : [];

    // The answers of all that are live; null: one refuses the request itself, and that has been passed on.
    private async Task<List<(AgentLink Agent, byte[] Body)>?> AskAllAsync(HttpContext context, string pathAndQuery)
    {
        AgentLink[] asked = [.. agents.Live()];
        (HttpStatusCode Status, byte[] Body)[] answers = await Task.WhenAll(asked.Select(agent => AskAsync(agent, pathAndQuery, context.RequestAborted)));
        int refused = Array.FindIndex(answers, static answer => answer.Status == HttpStatusCode.BadRequest);
        if (refused >= 0)
        {
            await PassOnAsync(context, asked[refused], answers[refused].Status, answers[refused].Body);
            return null;
        }
        return [.. asked.Zip(answers).Where(static pair => pair.Second.Status == HttpStatusCode.OK).Select(static pair => (pair.First, pair.Second.Body))];
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> AskAsync(AgentLink agent, string pathAndQuery, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using HttpResponseMessage response = await agent.GetAsync(pathAndQuery, patience.Token);
            return (response.StatusCode, await Body.ReadAsync(response, LongestAnswer, patience.Token));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            return (HttpStatusCode.BadGateway, []);
        }
    }

    private static Task PassOnAsync(HttpContext context, AgentLink agent, HttpStatusCode status, byte[] body)
    {
        if (status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone && body.Length > 0)
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/problem+json";
            return context.Response.Body.WriteAsync(body).AsTask();
        }
        return Problem.WriteAsync(context, StatusCodes.Status502BadGateway, "the agent is not heard", $"{agent.State.Name} answers with status {(int)status}");
    }

    private static Task UnknownAsync(HttpContext context, string name) =>
        Problem.WriteAsync(context, StatusCodes.Status404NotFound, "not found", name.Length == 0 ? "agent: name one, as /api/v1/agents does" : "no agent has this name: see /api/v1/agents");
}
