namespace Ipcscope.Dashboard.Serve;

/// <summary><c>/api/v1/stream</c>.</summary>
internal static class StreamPage
{
    /// <summary>Sends events until the viewer goes.</summary>
    public static async Task ServeAsync(HttpContext context, Feed feed, CancellationToken stopping)
    {
        if (feed.Open() is not { } viewer)
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
            feed.Close(viewer);
        }
    }
}
