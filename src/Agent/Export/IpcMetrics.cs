using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Edges;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Objects;
using Ipcscope.Volume;
using Ipcscope.Waits;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Ipcscope.Export;

/// <summary>Puts <c>/metrics</c>, <c>/livez</c> and <c>/readyz</c> into a web application.</summary>
public static class IpcMetrics
{
    private const string Path = "/metrics";
    private const string RuntimeMeter = "System.Runtime";

    // Of the runtime's own instruments, what tells of memory: the rest is many lines, and promtool dislikes some of their names.
    private static readonly string[] RuntimeInstruments =
        ["dotnet.gc.collections", "dotnet.gc.heap.total_allocated", "dotnet.gc.pause.time", "dotnet.process.memory.working_set"];

    /// <summary>Registers what the pages need. All sources are read at each scrape, from any thread, and are not disposed.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="flows">What processes do.</param>
    /// <param name="capture">The agent's own health.</param>
    /// <param name="options">What is shown.</param>
    /// <param name="openObjects">Loads what tells which objects exist, at the first scrape; null leaves their families out.</param>
    /// <param name="estimates">The volume touched in shared memory; null leaves its families out.</param>
    /// <param name="readCalls">Reads the calls in progress; null leaves their family out.</param>
    /// <param name="edges">Who gives how much to whom; null leaves their families out.</param>
    /// <param name="places">Tells where processes run; null: by ids only.</param>
    /// <param name="sent">What was sent to who streams; null: nobody can.</param>
    public static IServiceCollection AddIpcMetrics(
        this IServiceCollection services, IFlowSource flows, ICaptureStatistics capture, MetricsOptions options, Func<IObjectSource>? openObjects = null,
        VolumeEstimates? estimates = null, Func<IReadOnlyList<CallInProgress>>? readCalls = null, EdgeTable? edges = null, Places? places = null,
        Func<StageCount>? sent = null)
    {
        services.AddSingleton(provider => new IpcScrape(flows, options, openObjects is null
            ? null
            : new ObjectScrape(openObjects, estimates, TimeProvider.System, provider.GetRequiredService<ILogger<ObjectScrape>>()),
            readCalls is null ? null : new InFlight(readCalls, new IdentityLabels(options.Labels, places: places), options.MaxSeries),
            edges is null ? null : new EdgeScrape(edges, options, places), places));
        services.AddSingleton(provider => new ScrapeSplice(provider.GetRequiredService<IpcScrape>(), options));
        services.AddSingleton(provider => new SelfMetrics(
            provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), flows, capture, provider.GetRequiredService<IpcScrape>(), estimates, options.ProgramTimes, edges, sent));
        services.AddSingleton(provider => new Health(capture, provider.GetRequiredService<IpcScrape>()));
        services.AddOpenTelemetry()
            .ConfigureResource(static resource =>
                resource.AddService("ipcscope", serviceVersion: SelfMetrics.Version, autoGenerateServiceInstanceId: false))
            .WithMetrics(static metrics => metrics
                .AddMeter(SelfMetrics.MeterName, RuntimeMeter)
                .AddView(static instrument =>
                    instrument.Meter.Name == RuntimeMeter && !RuntimeInstruments.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null)
                .AddPrometheusExporter(static exporter =>
                {
                    exporter.ScopeInfoEnabled = false;
                    // Both halves of the page are of the same moment.
                    exporter.ScrapeResponseCacheDurationMilliseconds = 0;
                }));
        return services;
    }

    /// <summary>Maps the three pages.</summary>
    public static WebApplication MapIpcMetrics(this WebApplication app)
    {
        // Its instruments exist from now on.
        _ = app.Services.GetRequiredService<SelfMetrics>();
        ScrapeSplice splice = app.Services.GetRequiredService<ScrapeSplice>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            meterProvider: null,
            predicate: static context => context.Request.Path == Path,
            path: null,
            configureBranchedPipeline: branch => branch.Use(splice.InvokeAsync),
            optionsName: null);
        app.Services.GetRequiredService<Health>().Map(app);
        return app;
    }
}
