namespace Ipcscope.Dashboard.Serve;

/// <summary><c>/api/v1/stream</c>.</summary>
/// <param name="feed">Tells everything.</param>
/// <param name="filtered">Tell what a filter lets through.</param>
/// <param name="agents">Know whether a filter can be read.</param>
/// <param name="stopping">The dashboard ends.</param>
internal sealed class StreamPage(Feed feed, FilteredFeeds filtered, AgentPages agents, CancellationToken stopping)
{
    /// <summary>Sends events until the viewer goes.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (Page.Read(context.Request.Query, out string fault) is not { } page)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the request makes no sense", fault);
        }
        else if (page.Filter.Length == 0)
        {
            await SendAsync(context, feed);
        }
        else if (await agents.TakeFilterAsync(context, page.Filter))
        {
            if (await filtered.OpenAsync(page.Filter) is not { } some)
            {
                await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "too many filters", $"{FilteredFeeds.Most} are followed already: close some pages");
                return;
            }
            try
            {
                await SendAsync(context, some);
            }
            finally
            {
                await filtered.CloseAsync(page.Filter);
            }
        }
    }

    private async Task SendAsync(HttpContext context, Feed all)
    {
        if (all.Open() is not { } viewer)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "too many viewers", $"{Viewer.Most} look already: close some pages");
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await viewer.SendAsync(context.Response, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The viewer has gone, or we go.
        }
        finally
        {
            all.Close(viewer);
        }
    }
}
