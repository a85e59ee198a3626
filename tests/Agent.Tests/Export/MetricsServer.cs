using Ipcscope.Config;
using Ipcscope.Edges;
using Ipcscope.Export;
using Ipcscope.Waits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Export;

/// <summary>One at a time: meters are found by name in the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetricsServerCollection
{
    public const string Name = "metrics server";
}

/// <summary>The pages on a free port of this machine.</summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MetricsServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
        Client = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<MetricsServer> StartAsync(
        FakeFlows source, MetricsOptions? options = null, Func<IReadOnlyList<CallInProgress>>? calls = null, EdgeTable? edges = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddIpcMetrics(source, source, options ?? new MetricsOptions(), readCalls: calls, edges: edges);
        WebApplication app = builder.Build();
        app.MapIpcMetrics();
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new MetricsServer(app, new Uri(address));
    }

    public Task<string> ScrapeAsync() => Client.GetStringAsync("/metrics");

    public async Task<HttpResponseMessage> GetAsync(string path, string? accept = null, string? encoding = null, HttpMethod? method = null)
    {
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }
        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
