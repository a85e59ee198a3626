namespace Ipcscope.Api;

/// <summary><c>/api/v1/stream</c>: a snapshot, and what differs from it once an interval.</summary>
/// <param name="hub">Makes the events.</param>
internal sealed class StreamPage(Hub hub)
{
    /// <summary>Streams until the client goes or is too slow.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "filter");
        using Viewer? viewer = hub.Open(query.Filter());
        if (viewer is null)
        {
            context.Response.Headers.RetryAfter = "10";
            throw new RequestFault(StatusCodes.Status503ServiceUnavailable, "too many viewers", $"allowed: {Hub.MostViewers} streams, with {Hub.MostFilters} different filters");
        }
        EventStream.Begin(context);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, viewer.Cut);
        try
        {
            await context.Response.Body.FlushAsync(end.Token);
            await foreach (byte[] each in viewer.Events.ReadAllAsync(end.Token))
            {
                await context.Response.Body.WriteAsync(each, end.Token);
                viewer.Wrote();
            }
        }
        catch (OperationCanceledException)
        {
            if (viewer.Cut.IsCancellationRequested)
            {
                context.Abort(); // what it has not taken would still be waited for
            }
        }
    }
}
