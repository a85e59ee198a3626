using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Ipcscope.Names;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Names;

/// <summary>An API server that knows nothing but pods: it lists them in pages, and its watches say what the test says.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-api-").FullName;

    private FakeApiServer(WebApplication app) => _app = app;

    /// <summary>The pods that a list has.</summary>
    public List<JsonObject> Pods { get; } = [];

    /// <summary>The version of the next list.</summary>
    public string Version { get; set; } = "100";

    /// <summary>What watches were asked for, and what lists: their queries.</summary>
    public ConcurrentQueue<string> Watches { get; } = new();

    public ConcurrentQueue<string> Lists { get; } = new();

    /// <summary>The lines of the watch that is open; completing ends it.</summary>
    public Channel<string> Lines { get; private set; } = Channel.CreateUnbounded<string>();

    /// <summary>Who may ask.</summary>
    public string Token { get; set; } = "first";

    /// <summary>The answer to a watch, instead of lines.</summary>
    public HttpStatusCode WatchStatus { get; set; } = HttpStatusCode.OK;

    public string TokenFile => Path.Combine(_folder, "token");

    public ClusterAccess Access { get; private set; } = null!;

    public static async Task<FakeApiServer> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        WebApplication app = builder.Build();
        var server = new FakeApiServer(app);
        app.MapGet("/api/v1/pods", server.AnswerAsync);
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        string authority = Path.Combine(server._folder, "ca.crt");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(server.TokenFile, "first\n");
        server.Access = new ClusterAccess(new Uri(address), server.TokenFile, authority);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Lines.Writer.TryComplete();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends the open watch, in the middle of nothing; the next one says other things.</summary>
    public void Disconnect()
    {
        Channel<string> old = Lines;
        Lines = Channel.CreateUnbounded<string>();
        old.Writer.TryComplete();
    }

    public void Say(string type, JsonObject value) => Lines.Writer.TryWrite(new JsonObject { ["type"] = type, ["object"] = value.DeepClone() }.ToJsonString());

    private async Task AnswerAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
        }
        else if (query["watch"] == "1")
        {
            Watches.Enqueue(context.Request.QueryString.Value!);
            await WatchAsync(context);
        }
        else
        {
            Lists.Enqueue(context.Request.QueryString.Value!);
            int from = int.Parse(query["continue"].FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            // Two a page, whatever is asked for.
            var list = new JsonObject
            {
                ["kind"] = "PodList",
                ["metadata"] = new JsonObject { ["resourceVersion"] = Version, ["continue"] = from + 2 < Pods.Count ? $"{from + 2}" : "" },
                ["items"] = new JsonArray([.. Pods.Skip(from).Take(2).Select(pod => pod.DeepClone())]),
            };
            await context.Response.WriteAsync(list.ToJsonString());
        }
    }

    private async Task WatchAsync(HttpContext context)
    {
        context.Response.StatusCode = (int)WatchStatus;
        if (WatchStatus != HttpStatusCode.OK)
        {
            return;
        }
        ChannelReader<string> lines = Lines.Reader;
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        await foreach (string line in lines.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(line + "\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
