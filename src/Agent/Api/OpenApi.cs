namespace Ipcscope.Api;

/// <summary><c>/openapi/v1.json</c>: the description of all pages, which tests hold against their answers.</summary>
internal static class OpenApi
{
    private const string Resource = "openapi.v1.json";

    private static readonly Lazy<byte[]> Document = new(Read);

    /// <summary>Answers with it.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        _ = new Query(context.Request.Query);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "max-age=3600";
        await context.Response.Body.WriteAsync(Document.Value, context.RequestAborted);
    }

    private static byte[] Read()
    {
        using Stream stream = typeof(OpenApi).Assembly.GetManifestResourceStream(Resource)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
