using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Ipcscope.Dashboard.Serve;

/// <summary>A file of the pages.</summary>
/// <param name="Path">Below /.</param>
/// <param name="Brotli">Opens it, compressed so.</param>
/// <param name="Gzip">Opens it, compressed so.</param>
/// <param name="Hash">Of its content.</param>
internal sealed partial record Asset(string Path, Func<Stream?> Brotli, Func<Stream?> Gzip, string Hash)
{
    private readonly string _type = TypeOf(System.IO.Path.GetExtension(Path));
    private readonly string _cache = Hashed().IsMatch(Path) ? "public, max-age=31536000, immutable" : "no-cache";

    /// <summary>Answers with it, or with 304 to who has it.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        string accepted = context.Request.Headers.AcceptEncoding.ToString();
        string coding = Accepts(accepted, "br") ? "br" : Accepts(accepted, "gzip") ? "gzip" : "";
        // Another coding is another representation (RFC 9110, 8.8.3).
        string tag = $"\"{Hash}{(coding.Length > 0 ? "-" + coding : "")}\"";
        response.Headers.CacheControl = _cache;
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(known => known == tag || known == "W/" + tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = _type;
        await using Stream packed = (coding == "br" ? Brotli() : Gzip())!;
        if (coding.Length > 0)
        {
            response.Headers.ContentEncoding = coding;
            response.ContentLength = packed.Length;
        }
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }
        if (coding.Length > 0)
        {
            await packed.CopyToAsync(response.Body, context.RequestAborted);
            return;
        }
        await using var content = new GZipStream(packed, CompressionMode.Decompress);
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static bool Accepts(string accepted, string coding) => accepted.Split(',', StringSplitOptions.TrimEntries)
        .Any(one => one.Split(';')[0].Trim() == coding && !one.Replace(" ", "", StringComparison.Ordinal).EndsWith(";q=0", StringComparison.Ordinal));

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" or ".map" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    // As Vite and esbuild name what they make: main-BD5xyz12.js.
    [GeneratedRegex(@"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")]
    private static partial Regex Hashed();
}
