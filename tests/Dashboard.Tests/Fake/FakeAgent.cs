using System.Collections.ObjectModel;
using System.Net;
using System.Net.Security;
using System.Threading.Channels;
using Ipcscope.Listen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Dashboard.Tests.Fake;

/// <summary>Speaks an agent's API out of a made-up world.</summary>
public sealed class FakeAgent : IAsyncDisposable
{
    private readonly List<Channel<string>> _readers = [];
    private readonly List<Channel<string>> _filtered = [];
    private readonly Lock _gate = new();
    private readonly FakeWorld _world;
    private readonly string[] _tls;
    private WebApplication? _app;

    private FakeAgent(FakeWorld world, int port, string[] tls) => (_world, Port, _tls) = (world, port, tls);

    /// <summary>What requests must carry; null: nothing.</summary>
    public string? Token { get; set; }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>How many listen to the stream.</summary>
    public int Readers => Count(_readers);

    /// <summary>How many listen to it through a filter, which lets channel 0 through.</summary>
    public int FilteredReaders => Count(_filtered);

    /// <summary>What was asked beside the stream, in its order.</summary>
    public Collection<string> Asked { get; } = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="world">What it sees.</param>
    /// <param name="port">Where; 0: anywhere.</param>
    /// <param name="tls">For https: the files of its certificate, of the key, and of the root of its clients.</param>
    public static async Task<FakeAgent> StartAsync(FakeWorld world, int port = 0, string[]? tls = null)
    {
        var agent = new FakeAgent(world, port, tls ?? []);
        await agent.StartAsync();
        return agent;
    }

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen =>
        {
            if (_tls.Length > 0)
            {
                SslServerAuthenticationOptions options = Tls.Read([.. _tls.Select(File.ReadAllBytes)]);
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(options) });
            }
        }));
        _app = builder.Build();
        _app.Run(ServeAsync);
        await _app.StartAsync();
        Port = new Uri(_app.Urls.First()).Port;
    }

    /// <summary>Ends all connections, and listens no more.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _readers.Concat(_filtered).ToList().ForEach(static reader => reader.Writer.TryComplete());
            _readers.Clear();
            _filtered.Clear();
        }
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>An interval has passed: sends what differs.</summary>
    public void Tick()
    {
        Send("delta", _world.Delta(), _readers);
        Send("delta", _world.First(snapshot: false), _filtered);
    }

    /// <summary>Sends an event to all that listen.</summary>
    public void Send(string name, string data) => Send(name, data, _readers);

    public async ValueTask DisposeAsync() => await StopAsync();

    private void Send(string name, string data, List<Channel<string>> readers)
    {
        lock (_gate)
        {
            readers.ForEach(reader => reader.Writer.TryWrite($"event: {name}\ndata: {data}\n\n"));
        }
    }

    private int Count(List<Channel<string>> readers)
    {
        lock (_gate)
        {
            return readers.Count;
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (Token is not null && context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        if (context.Request.Path != "/api/v1/stream")
        {
            lock (_gate)
            {
                Asked.Add(context.Request.Path + context.Request.QueryString);
            }
            (int status, string type, string body) = _world.Answer(context.Request.Path, context.Request.QueryString.ToString());
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            await context.Response.WriteAsync(body);
            return;
        }
        var reader = Channel.CreateUnbounded<string>();
        bool filtered = context.Request.Query.ContainsKey("filter");
        List<Channel<string>> readers = filtered ? _filtered : _readers;
        lock (_gate)
        {
            reader.Writer.TryWrite($"event: snapshot\ndata: {(filtered ? _world.First(snapshot: true) : _world.Snapshot())}\n\n");
            readers.Add(reader);
        }
        context.Response.ContentType = "text/event-stream";
        try
        {
            await foreach (string text in reader.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        finally
        {
            lock (_gate)
            {
                readers.Remove(reader);
            }
        }
    }
}
