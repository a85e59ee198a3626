using Ipcscope.Capture;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary><c>/api/v1/operations</c>: single operations as they happen.</summary>
/// <param name="streams">Captures them.</param>
internal sealed class OperationsPage(OperationStreams streams)
{
    private const int Usual = 10_000;
    private const int Most = 1_000_000;

    /// <summary>Streams until the limit is reached or the client goes.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var query = new Query(context.Request.Query, "filter", "limit");
        Filter filter = query.Filter(FilterScopes.Operation);
        int limit = query.Number("limit", Usual, 1, Most);
        if (!streams.TryBegin())
        {
            context.Response.Headers.RetryAfter = "10";
            throw new RequestFault(StatusCodes.Status503ServiceUnavailable, "too many captures", $"allowed: {OperationStreams.Most} at once");
        }
        EventStream.Begin(context);
        try
        {
            await streams.RunAsync(filter, (ulong)limit, context.Response.Body, context.RequestAborted);
        }
        catch (CaptureException fault) when (!context.Response.HasStarted)
        {
            throw new RequestFault(StatusCodes.Status503ServiceUnavailable, "operations cannot be captured", fault.Message);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The client has gone or takes nothing, or the daemon ends.
            context.Abort();
        }
    }
}
