using System.Net;
using Microsoft.AspNetCore.Http.Extensions;

namespace Ipcscope.Dashboard.Access;

/// <summary>The pages around coming in. They hold no script and no style.</summary>
internal static class SignInPage
{
    /// <summary>How somebody gets in, in a sentence.</summary>
    public static string HowTo(Visitors visitors) =>
        visitors.Link is not null ? "open the link that ipcscope-dashboard printed when it started; each link serves once, and after it a new one is printed (systemd: journalctl -u ipcscope-dashboard)"
        : visitors.ByProxyOnly ? "come by the proxy that knows you"
        : "open /?token=… with the token of the dashboard's tokenFile, or send it as Authorization: Bearer …";

    /// <summary>Somebody is not known.</summary>
    public static Task RefuseAsync(HttpContext context, Visitors visitors)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return WriteAsync(context, "", $"<h1>ipcscope</h1><p>This browser has not been let in: {WebUtility.HtmlEncode(HowTo(visitors))}.</p>");
    }

    /// <summary>Somebody came from another site: our own page asks again, and then the browser sends our cookie.</summary>
    public static Task ComeAgainAsync(HttpContext context)
    {
        string place = WebUtility.HtmlEncode(context.Request.GetEncodedPathAndQuery());
        return WriteAsync(context, $"<meta http-equiv=\"refresh\" content=\"0; url={Safe(place)}\">", $"<p><a href=\"{Safe(place)}\">Go on</a></p>");
    }

    /// <summary>Somebody is in: to the same place without the token.</summary>
    public static Task GoOn(HttpContext context)
    {
        var rest = QueryString.Create(context.Request.Query.Where(static pair => pair.Key != "token"));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = Safe(UriHelper.BuildRelative(context.Request.PathBase, context.Request.Path, rest));
        return Task.CompletedTask;
    }

    // Two slashes would begin the name of another host.
    private static string Safe(string place) => "/" + place.TrimStart('/', '\\');

    private static Task WriteAsync(HttpContext context, string head, string body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>ipcscope</title>{head}</head><body>{body}</body></html>\n");
    }
}
