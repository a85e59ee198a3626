using Ipcscope.Config;
using Ipcscope.Listen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Listen;

/// <summary>One page behind the gate, on a free port.</summary>
internal sealed class GuardedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GuardedServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<GuardedServer> StartAsync(AccessOptions options, TimeProvider? time = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ListenAddress address = new("127.0.0.1", 0);
        Access access = Access.Open(options, time ?? TimeProvider.System);
        builder.ListenAt(address, access);
        WebApplication app = builder.Build();
        app.GuardPages(address, access);
        foreach (string path in (string[])["/metrics", "/livez"])
        {
            app.MapGet(path, (RequestDelegate)(context => context.Response.WriteAsync("page")));
        }
        await app.StartAsync();
        return new GuardedServer(app);
    }

    public async Task<int> AskAsync(string path = "/metrics", string? authorization = null, string? host = null)
    {
        using var client = new HttpClient();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(Address, path));
        request.Headers.Host = host;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }
        using HttpResponseMessage answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
