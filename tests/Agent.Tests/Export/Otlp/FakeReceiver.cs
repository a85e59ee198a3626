using System.Collections.Concurrent;
using System.Net;
using Ipcscope.Config;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Export.Otlp;

/// <summary>Takes metrics by gRPC or HTTP, and keeps what came.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<byte[]> Requests { get; } = new();

    /// <summary>gRPC status, or HTTP status, of the answers to come.</summary>
    public int Status { get; set; }

    /// <summary>How many points it says that it has left out.</summary>
    public byte Rejected { get; set; }

    /// <summary>It takes requests, and never answers.</summary>
    public bool IsDeaf { get; set; }

    public int Attempts { get; private set; }

    public string Endpoint { get; private set; } = "";

    public static async Task<FakeReceiver> StartAsync(OtlpProtocol protocol, int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocol == OtlpProtocol.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        WebApplication app = builder.Build();
        var receiver = new FakeReceiver(app);
        app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", receiver.TakeGrpcAsync);
        app.MapPost("/v1/metrics", receiver.TakeHttpAsync);
        await app.StartAsync();
        receiver.Endpoint = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    // ExportMetricsServiceResponse { partial_success { rejected_data_points } }
    private byte[] Answer => Rejected == 0 ? [] : [0x0a, 2, 0x08, Rejected];

    private async Task TakeGrpcAsync(HttpContext context)
    {
        byte[] body = await BeginAsync(context);
        Assert.Equal("application/grpc", context.Request.ContentType);
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        if (Status == 0)
        {
            Requests.Enqueue(body[5..]);
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, (byte)Answer.Length });
            await context.Response.Body.WriteAsync(Answer);
        }
        context.Response.AppendTrailer("grpc-status", $"{Status}");
    }

    private async Task TakeHttpAsync(HttpContext context)
    {
        byte[] body = await BeginAsync(context);
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        context.Response.StatusCode = Status == 0 ? 200 : Status;
        if (Status == 0)
        {
            Requests.Enqueue(body);
            await context.Response.Body.WriteAsync(Answer);
        }
    }

    private async Task<byte[]> BeginAsync(HttpContext context)
    {
        Attempts++;
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
        if (IsDeaf)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        return memory.ToArray();
    }
}
