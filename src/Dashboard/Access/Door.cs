using Ipcscope.Dashboard.Config;
using Ipcscope.Dashboard.Serve;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard.Access;

/// <summary>Stands before every page.</summary>
/// <param name="options">Where it listens, and by which names.</param>
/// <param name="visitors">Who may come in.</param>
/// <param name="time">The clock.</param>
internal sealed class Door(DashboardOptions options, Visitors visitors, TimeProvider time)
{
    private const int PerSecond = 1000;
    private const int AtOnce = 4000;
    private const int WrongPerSecond = 10;

    private readonly RequestRate _rate = new(PerSecond, AtOnce, time);
    private readonly RequestRate _wrong = new(WrongPerSecond, WrongPerSecond, time);

    /// <summary>Lets a request through, or answers it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        SafeHeaders.Put(context.Response.Headers);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "read only", "nothing here can be changed: GET and HEAD are answered");
        }
        // Whether it lives is no secret; who looks after it (a kubelet) knows no token, and asks by number.
        if (request.Path == "/livez" || request.Path == "/readyz")
        {
            return next(context);
        }
        if (!OwnName.Is(request.Host, options.Listen.IsLoopback, options.Hosts))
        {
            return Problem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "another name", "this name is not one of the dashboard's: ask localhost, or name it in hosts");
        }
        if (!_rate.Take())
        {
            return TooManyAsync(context);
        }
        bool api = request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (!api && Provenance.IsLinkFromElsewhere(request))
        {
            return SignInPage.ComeAgainAsync(context);
        }
        if (Provenance.IsForeign(request))
        {
            return Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "another origin", "only the dashboard's own pages may ask");
        }
        if (!api && HttpMethods.IsGet(request.Method) && request.Query["token"].ToString() is { Length: > 0 } token)
        {
            return SignIn(context, token);
        }
        return visitors.Admit(context) ? next(context) : RefuseAsync(context, api);
    }

    private Task SignIn(HttpContext context, string token)
    {
        if (visitors.SignIn(token) is not { } cookie)
        {
            // Somebody who is in may have followed an old link once more.
            return visitors.Admit(context) ? SignInPage.GoOn(context) : RefuseAsync(context, api: false);
        }
        context.Response.Cookies.Append(Visitors.CookieOf(context), cookie, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        });
        return SignInPage.GoOn(context);
    }

    private Task RefuseAsync(HttpContext context, bool api)
    {
        if (!_wrong.Take())
        {
            return TooManyAsync(context);
        }
        return api
            ? Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "who are you?", SignInPage.HowTo(visitors))
            : SignInPage.RefuseAsync(context, visitors);
    }

    private static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many requests", "wait a second");
    }
}
