using System.Buffers;
using System.Text.Json;
using Ipcscope.Cli;
using Microsoft.AspNetCore.Http.Features;

namespace Ipcscope.Api;

/// <summary>Answers that say what is wrong with a request (RFC 9457).</summary>
internal static class ProblemPage
{
    /// <summary>Answers a request for reading; faults become problems.</summary>
    public static async Task GuardAsync(HttpContext context, RequestDelegate answer)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "this page is only read", $"found {context.Request.Method}; allowed: GET, HEAD");
            return;
        }
        if (context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
        {
            await WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "there is nothing to send here", $"found a body of {context.Request.ContentLength} bytes; no page reads one");
            return;
        }
        try
        {
            await answer(context);
        }
        catch (RequestFault fault)
        {
            await WriteAsync(context, fault.Status, fault.Title, fault.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the agent ends", "it may come back with other settings: ask again");
        }
    }

    /// <summary>Writes a problem.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonLine.Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank");
            json.WriteString("title"u8, title);
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, detail);
            json.WriteEndObject();
        }
        if (status == StatusCodes.Status503ServiceUnavailable && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = "1";
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
