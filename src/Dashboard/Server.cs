using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Ipcscope.Dashboard.Access;
using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.Config;
using Ipcscope.Dashboard.History;
using Ipcscope.Dashboard.Serve;
using Ipcscope.Dashboard.State;
using Ipcscope.Listen;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.Dashboard;

/// <summary>The dashboard with one set of settings: listens to agents, remembers, serves.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private const int Connections = 1024;
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly Visitors _visitors;
    private readonly DashboardOptions _options;

    private Server(WebApplication app, Visitors visitors, DashboardOptions options) => (_app, _visitors, _options) = (app, visitors, options);

    /// <summary>Where it is served: <c>http://127.0.0.1:9466</c>.</summary>
    public string Address => _app.Urls.FirstOrDefault() ?? "";

    /// <summary>What to open to come in.</summary>
    public string Invitation => _visitors.Link is { } link ? $"{Address}/?token={link.Token}" : _visitors.ByProxyOnly ? $"{Address} by the proxy" : $"{Address}/?token=… with the token of {_options.TokenFile}";

    /// <summary>Told after the link was used up.</summary>
    public void OnLinkUsed(Action tell) => _visitors.Link?.OnUsed = tell;

    /// <summary>Reads all files, and is ready to start.</summary>
    /// <exception cref="AccessException">One cannot be used.</exception>
    public static Server Open(DashboardOptions options, TimeProvider time)
    {
        var visitors = Visitors.Open(options, time);
        AgentAccess agents = AgentFiles.Open(options, time);
        WatchedFile<SslServerAuthenticationOptions>? tls = OpenTls(options, time);
        // Neither a settings file that lies about nor the web server's own variables are ours.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        ServerLog.Configure(builder.Logging, options.Log);
        Listen(builder, options, tls);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new Patience(options.StaleAfter, options.GoneAfter));
        builder.Services.AddSingleton<Fleet>();
        builder.Services.AddSingleton<Memory>();
        builder.Services.AddSingleton<Feed>();
        if (options.Prometheus.Address.Length > 0)
        {
            Func<string?> token = BearerFile.Open(options.Prometheus.TokenFile, time);
            builder.Services.AddSingleton(_ => new Prometheus(new Uri(options.Prometheus.Address.TrimEnd('/') + "/"), token));
        }
        builder.Services.AddHostedService(static services => services.GetRequiredService<Feed>());
        builder.Services.AddSingleton(services => new AddressWatch(
            options.Agents, agents, options.LookUp, services.GetRequiredService<Fleet>(), services.GetRequiredService<ILogger<AddressWatch>>()));
        builder.Services.AddHostedService(static services => services.GetRequiredService<AddressWatch>());
        builder.Services.AddSingleton(services => new FilteredFeeds(filter => Filtered(filter, options, agents, services)));
        WebApplication app = builder.Build();
        visitors.OnFault(fault => LogOld(app.Logger, fault));
        tls?.OnFault = fault => LogOld(app.Logger, fault);
        app.Use(new Door(options, visitors, time).InvokeAsync);
        app.MapPages();
        return new Server(app, visitors, options);
    }

    /// <summary>Begins to serve.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public Task StartAsync() => _app.StartAsync();

    /// <summary>Ends when the process is told to.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // What happens to agents is told once: by the one that listens to everything.
    [SuppressMessage("Reliability", "CA2000", Justification = "They are disposed with the feed.")]
    private static FilteredFeed Filtered(string filter, DashboardOptions options, AgentAccess agents, IServiceProvider services)
    {
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        var fleet = new Fleet(time, services.GetRequiredService<Patience>());
        return new(new AddressWatch(options.Agents, agents, options.LookUp, fleet, NullLogger.Instance, filter), new Feed(fleet, time));
    }

    private static WatchedFile<SslServerAuthenticationOptions>? OpenTls(DashboardOptions options, TimeProvider time)
    {
        if (options.Tls.CertificateFile.Length == 0)
        {
            return null;
        }
        var tls = new WatchedFile<SslServerAuthenticationOptions>(
            [options.Tls.CertificateFile, options.Tls.KeyFile], Tls.Read, static fault => fault is System.Security.Cryptography.CryptographicException, time);
        _ = tls.Value;
        return tls;
    }

    private static void Listen(WebApplicationBuilder builder, DashboardOptions options, WatchedFile<SslServerAuthenticationOptions>? tls)
    {
        if (tls is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = Connections;
            kestrel.Limits.MaxRequestLineSize = 8 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxRequestBodySize = 4 << 10;
            kestrel.Limits.MaxResponseBufferSize = 64 << 10;
            kestrel.Limits.RequestHeadersTimeout = HeadersPatience;
            kestrel.Listen(options.Listen.Address, options.Listen.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (tls is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.Value), HandshakeTimeout = HeadersPatience });
                }
            });
        });
    }

    [LoggerMessage(20, LogLevel.Error, "what was read before stays in force: {Fault}")]
    private static partial void LogOld(ILogger log, string fault);
}
