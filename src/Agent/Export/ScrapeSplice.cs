using System.Diagnostics;
using System.IO.Compression;
using System.IO.Pipelines;
using Ipcscope.Config;
using Ipcscope.Export.Gzip;
using Microsoft.Net.Http.Headers;

namespace Ipcscope.Export;

/// <summary>
/// Stands before the exporter's middleware and sets the IPC families behind its output: in the format that the exporter chose, before the
/// end mark, compressed once. OpenTelemetry .NET cannot export buckets that were counted elsewhere (opentelemetry-dotnet#3963).
/// </summary>
internal sealed class ScrapeSplice(IpcScrape scrape, MetricsOptions options)
{
    private const string TextFormat = "text/plain; version=0.0.4";
    private const string OpenMetricsMediaType = "application/openmetrics-text";

    // Large enough for what the exporter writes, after the first scrape: as a new one every time it was a large object, which only a full collection frees.
    private MemoryStream? _spare;

    /// <summary>Answers a scrape.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate exporter)
    {
        HttpResponse response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        long start = Stopwatch.GetTimestamp();
        bool gzip = GzipFormat.IsAccepted(context.Request);
        await scrape.UpdateAsync(context.RequestAborted);
        MemoryStream above = Interlocked.Exchange(ref _spare, null) ?? new MemoryStream();
        above.SetLength(0);
        await HoldBackAsync(context, exporter, above);
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            return;
        }
        // Nothing was written if the SDK is switched off by OTEL_SDK_DISABLED: then there is no type yet.
        response.ContentType ??= TextFormat + "; charset=utf-8";
        bool openMetrics = response.ContentType.StartsWith(OpenMetricsMediaType, StringComparison.Ordinal);
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        ReadOnlyMemory<byte> lines = above.GetBuffer().AsMemory(0, (int)above.Length);
        PipeReader page = await scrape.RenderAsync(WithoutEndMark(lines), openMetrics, context.RequestAborted);
        _spare = above;
        scrape.Duration = Stopwatch.GetElapsedTime(start);
        await SendAsync(page, response, gzip, context.RequestAborted);
    }

    private async Task HoldBackAsync(HttpContext context, RequestDelegate exporter, MemoryStream above)
    {
        IHeaderDictionary headers = context.Request.Headers;
        headers.Remove(HeaderNames.AcceptEncoding);
        if (!options.OpenMetrics)
        {
            headers.Accept = TextFormat;
        }
        Stream client = context.Response.Body;
        context.Response.Body = above;
        try
        {
            await exporter(context);
        }
        finally
        {
            context.Response.Body = client;
        }
    }

    private static ReadOnlyMemory<byte> WithoutEndMark(ReadOnlyMemory<byte> lines) =>
        lines.Span.EndsWith(IpcScrape.EndMark) ? lines[..^IpcScrape.EndMark.Length] : lines;

    private static async Task SendAsync(PipeReader page, HttpResponse response, bool gzip, CancellationToken cancellation)
    {
        try
        {
            if (!gzip)
            {
                await using GZipStream plain = new(page.AsStream(), CompressionMode.Decompress);
                await plain.CopyToAsync(response.Body, cancellation);
                return;
            }
            page.TryRead(out ReadResult whole);
            response.Headers.ContentEncoding = GzipFormat.Encoding;
            response.ContentLength = whole.Buffer.Length;
            foreach (ReadOnlyMemory<byte> part in whole.Buffer)
            {
                await response.Body.WriteAsync(part, cancellation);
            }
        }
        finally
        {
            await page.CompleteAsync();
        }
    }
}
