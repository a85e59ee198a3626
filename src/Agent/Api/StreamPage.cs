using Ipcscope.Export.Gzip;

namespace Ipcscope.Api;

/// <summary><c>/api/v1/stream</c>: a snapshot, and what differs from it once an interval.</summary>
/// <param name="hub">Makes the events.</param>
internal sealed class StreamPage(Hub hub)
{
    /// <summary>Streams until the client goes or is too slow.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "filter");
        bool packed = GzipFormat.IsAccepted(context.Request);
        using Viewer? viewer = hub.Open(query.Filter(), packed);
        if (viewer is null)
        {
            context.Response.Headers.RetryAfter = "10";
            throw new RequestFault(StatusCodes.Status503ServiceUnavailable, "too many viewers", $"allowed: {Hub.MostViewers} streams, with {Hub.MostFilters} different filters");
        }
        EventStream.Begin(context, packed);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, viewer.Cut);
        try
        {
            await (packed ? WritePackedAsync(context.Response.Body, viewer, end.Token) : WriteAsync(context.Response.Body, viewer, end.Token));
        }
        catch (OperationCanceledException)
        {
            if (viewer.Cut.IsCancellationRequested)
            {
                context.Abort(); // what it has not taken would still be waited for
            }
        }
    }

    private static async Task WriteAsync(Stream body, Viewer viewer, CancellationToken end)
    {
        await body.FlushAsync(end);
        await foreach (StreamEvent each in viewer.Events.ReadAllAsync(end))
        {
            await body.WriteAsync(each.Plain, end);
            viewer.Wrote(each);
        }
    }

    private static async Task WritePackedAsync(Stream body, Viewer viewer, CancellationToken end)
    {
        var stream = new PackedStream();
        await body.WriteAsync(GzipFormat.Head, end);
        await foreach (StreamEvent each in viewer.Events.ReadAllAsync(end))
        {
            stream.Add(each.Packed!);
            await body.WriteAsync(each.Packed!.Blocks, end);
            viewer.Wrote(each);
        }
        await body.WriteAsync(stream.End(), end);
    }
}
