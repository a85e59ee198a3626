using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Export;
using Ipcscope.Listen;

namespace Ipcscope.Api;

/// <summary>The API on a listener of its own. Disposing ends all streams, and closes it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _app;
    private readonly Hub _hub;
    private readonly OperationStreams _operations;

    private ApiServer(WebApplication app, ApiSources sources)
    {
        _app = app;
        _hub = new Hub(sources);
        _operations = new OperationStreams(sources);
    }

    /// <summary>Where it is served: <c>http://127.0.0.1:9465</c>.</summary>
    public string Address => _app.Urls.FirstOrDefault() ?? "";

    /// <summary>Makes it and serves.</summary>
    /// <param name="builder">With logging and lifetime set.</param>
    /// <param name="options">Where, and to whom.</param>
    /// <param name="access">Who may ask.</param>
    /// <param name="sources">What it tells of.</param>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<ApiServer> StartAsync(WebApplicationBuilder builder, ApiOptions options, Access access, ApiSources sources)
    {
        builder.ListenAt(options.Listen!, access);
        WebApplication app = builder.Build();
        var server = new ApiServer(app, sources);
        try
        {
            app.GuardPages(options.Listen!, access);
            new Health(sources.Capture).Map(app);
            new ApiPages(server._hub, server._operations).Map(app);
            await app.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What does not change while these settings are in force.</summary>
    public static AgentFacts Facts(AgentOptions options, string node, IEnumerable<(string, string)> missing) => new(
        node, SelfMetrics.Version, File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd(), MachineName(), DateTimeOffset.UtcNow, options.Aggregation.Interval,
        options.Aggregation.Mode.ToString().ToLowerInvariant(), options.Aggregation.Attachment.ToString().ToLowerInvariant(), [.. missing]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hub.Dispose();
        await _operations.DisposeAsync();
        using var patience = new CancellationTokenSource(Patience);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static string MachineName() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
