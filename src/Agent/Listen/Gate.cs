namespace Ipcscope.Listen;

/// <summary>Stands before every page of a listener.</summary>
/// <param name="access">Who may ask.</param>
/// <param name="local">Whether it listens to this machine only.</param>
/// <param name="time">The clock.</param>
internal sealed class Gate(Access access, bool local, TimeProvider time)
{
    private const int PerSecond = 1000;
    private const int AtOnce = 4000;
    private const int WrongPerSecond = 10;

    // Whether it lives is no secret, and who looks after it (a kubelet) has no token.
    private static readonly string[] Open = ["/livez", "/readyz"];

    private readonly RequestRate _rate = new(PerSecond, AtOnce, time);
    private readonly RequestRate _wrong = new(WrongPerSecond, WrongPerSecond, time);

    /// <summary>Lets a request through, or answers it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (local && !LocalHost.Means(request.Host))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "this address is asked by the name localhost or its number only");
        }
        if (!_rate.Take())
        {
            return TooManyAsync(context);
        }
        if (Open.Contains(request.Path.Value) || access.Admits(request.Headers.Authorization))
        {
            return next(context);
        }
        if (!_wrong.Take())
        {
            return TooManyAsync(context);
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "a token is wanted: Authorization: Bearer …");
    }

    private static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too many requests");
    }

    private static Task RefuseAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }
}
