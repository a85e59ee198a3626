using Ipcscope.Config;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ipcscope.Listen;

/// <summary>An address at which pages are served, and what guards them.</summary>
internal static partial class Listener
{
    private const int Connections = 2048;
    private const int LongestLine = 8 << 10;
    private const int LongestHeaders = 16 << 10;
    private const int LongestBody = 4 << 10;
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdlePatience = TimeSpan.FromMinutes(2);

    /// <summary>Sets where to listen, and how much one may ask.</summary>
    public static void ListenAt(this WebApplicationBuilder builder, ListenAddress address, Access access)
    {
        if (access.Handshake is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits);
            kestrel.Listen(address.Address, address.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (access.Handshake is { } handshake)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(handshake()), HandshakeTimeout = HeadersPatience });
                }
            });
        });
    }

    /// <summary>Puts the gate before all pages; to be called before they are mapped.</summary>
    public static void GuardPages(this WebApplication app, ListenAddress address, Access access)
    {
        access.OnFault(fault => LogOld(app.Logger, fault));
        app.Use(new Gate(access, address.IsLoopback, TimeProvider.System).InvokeAsync);
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxRequestLineSize = LongestLine;
        limits.MaxRequestHeadersTotalSize = LongestHeaders;
        limits.MaxRequestBodySize = LongestBody;
        limits.RequestHeadersTimeout = HeadersPatience;
        limits.KeepAliveTimeout = IdlePatience;
    }

    [LoggerMessage(20, LogLevel.Error, "what was read before stays in force: {Fault}")]
    private static partial void LogOld(ILogger log, string fault);
}
