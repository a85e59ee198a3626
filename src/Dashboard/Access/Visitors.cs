using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ipcscope.Dashboard.Config;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard.Access;

/// <summary>Who may look: who has followed the link, who knows the token, whom the proxy vouches for.</summary>
internal sealed class Visitors
{
    private const string Purpose = "ipcscope dashboard session";

    private readonly DashboardOptions _options;
    private readonly WatchedFile<Token>? _token;
    private readonly Sessions _sessions;

    private Visitors(DashboardOptions options, TimeProvider time)
    {
        _options = options;
        _sessions = new Sessions(time);
        Link = options.HasLink ? new Link() : null;
        _token = options.TokenFile.Length == 0 ? null : new([options.TokenFile], static files => Token.Read(files[0]), static fault => fault is FormatException, time);
    }

    /// <summary>The link; null: others let in.</summary>
    public Link? Link { get; }

    /// <summary>Whether a proxy vouches for them, so that nobody has to show a token.</summary>
    public bool ByProxyOnly => Link is null && _token is null;

    /// <summary>Reads the token's file, if there is one.</summary>
    /// <exception cref="AccessException">It cannot be used.</exception>
    public static Visitors Open(DashboardOptions options, TimeProvider time)
    {
        var visitors = new Visitors(options, time);
        _ = visitors._token?.Value;
        return visitors;
    }

    /// <summary>Told when the token's file has changed and cannot be used.</summary>
    public void OnFault(Action<string> tell) => _token?.OnFault = tell;

    /// <summary>The cookie's name. Cookies know no ports, so two dashboards on one machine would take each other's.</summary>
    public static string CookieOf(HttpContext context) => $"ipcscope-{context.Request.Host.Port ?? context.Connection.LocalPort}";

    /// <summary>The cookie's value for who shows this token; null: it is wrong.</summary>
    public string? SignIn(string token) =>
        Link is not null ? (Link.Use(token) ? _sessions.Begin() : null)
        : _token?.Value is { } known && known.IsIn($"Bearer {token}") ? known.Derive(Purpose)
        : null;

    /// <summary>Whether a request may be answered.</summary>
    public bool Admit(HttpContext context)
    {
        if (_options.Proxy.IsUsed && IsProxy(context.Connection.RemoteIpAddress) && context.Request.Headers[_options.Proxy.Header].ToString().Length > 0)
        {
            return true;
        }
        if (context.Request.Cookies[CookieOf(context)] is { } cookie && (Link is not null ? _sessions.Has(cookie) : _token is not null && IsDerived(cookie, _token.Value)))
        {
            return true;
        }
        return context.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer && _token?.Value.IsIn(bearer) == true;
    }

    private static bool IsDerived(string cookie, Token token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(token.Derive(Purpose)));

    private bool IsProxy(IPAddress? address) =>
        address is not null && _options.Proxy.Addresses.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
