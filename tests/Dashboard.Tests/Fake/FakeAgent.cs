using System.Collections.ObjectModel;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Dashboard.Tests.Fake;

/// <summary>Speaks an agent's API out of a made-up world.</summary>
public sealed class FakeAgent : IAsyncDisposable
{
    private readonly List<Channel<string>> _readers = [];
    private readonly Lock _gate = new();
    private readonly FakeWorld _world;
    private WebApplication? _app;

    private FakeAgent(FakeWorld world, int port) => (_world, Port) = (world, port);

    /// <summary>What requests must carry; null: nothing.</summary>
    public string? Token { get; set; }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>How many listen to the stream.</summary>
    public int Readers
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count;
            }
        }
    }

    /// <summary>What was asked beside the stream, in its order.</summary>
    public Collection<string> Asked { get; } = [];

    public static async Task<FakeAgent> StartAsync(FakeWorld world, int port = 0)
    {
        var agent = new FakeAgent(world, port);
        await agent.StartAsync();
        return agent;
    }

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
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
            _readers.ForEach(static reader => reader.Writer.TryComplete());
            _readers.Clear();
        }
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>An interval has passed: sends what differs.</summary>
    public void Tick() => Send("delta", _world.Delta());

    /// <summary>Sends an event to all that listen.</summary>
    public void Send(string name, string data)
    {
        lock (_gate)
        {
            _readers.ForEach(reader => reader.Writer.TryWrite($"event: {name}\ndata: {data}\n\n"));
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

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
        lock (_gate)
        {
            reader.Writer.TryWrite($"event: snapshot\ndata: {_world.Snapshot()}\n\n");
            _readers.Add(reader);
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
                _readers.Remove(reader);
            }
        }
    }
}
