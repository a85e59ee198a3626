using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Ipcscope.Api;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Edges;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Export.Otlp;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Listen;
using Ipcscope.Names;
using Ipcscope.Privileges;
using Ipcscope.Volume;

namespace Ipcscope.Cli;

/// <summary>The daemon with one set of settings: a capture, and the pages that tell of it. Disposing detaches.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    /// <summary>How long a scrape that is under way may take when the end comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly ICapture _capture;
    private readonly WebApplication _app;
    private readonly VolumeSampler? _sampler;
    private readonly EdgeSampler _edges;
    private readonly NameLoop? _names;
    private readonly OtlpExporter? _otlp;
    private readonly ApiServer? _api;
    private readonly StreamLedger _sent;

    private Daemon(ICapture capture, WebApplication app, ApiServer? api, StreamLedger sent, VolumeEstimates? estimates, EdgeSampler edges, NameLoop? names, OtlpExporter? otlp)
    {
        (_names, _otlp, _api, _sent) = (names, otlp, api, sent);
        _capture = capture;
        _app = app;
        _edges = edges;
        _sampler = estimates is null ? null : new VolumeSampler(estimates, app.Services.GetRequiredService<ILogger<VolumeSampler>>());
    }

    /// <summary>Its log.</summary>
    public ILogger Log => _app.Logger;

    /// <summary>Where it is served: <c>http://127.0.0.1:9464</c>.</summary>
    public string Address => _app.Urls.FirstOrDefault() ?? "";

    /// <summary>Attaches and serves.</summary>
    /// <exception cref="CaptureException">It cannot attach.</exception>
    /// <exception cref="CommandException">It cannot serve; nothing stays attached.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The daemon disposes of the API; without a daemon, Release does.")]
    public static async Task<Daemon> StartAsync(AgentOptions options, Seams seams)
    {
        FilterPlan plan = Plan(options);
        (Access access, Access? apiAccess) = OpenAccess(options);
        var pods = new PodTable(seams.Time);
        seams = seams with { Places = new Places(pods, options.Kubernetes.Node) };
        ICapture capture = Progress.Show(seams.Error, "loading the eBPF programs", () => seams.StartCapture(Captured(options, plan)));
        VolumeEstimates? estimates = options.SampleVolume ? new() : null;
        var sent = new StreamLedger();
        WebApplication? app = null;
        ApiServer? api = null;
        try
        {
            IFlowSource flows = plan.Remainder is null ? capture.Flows : new FilteredFlows(capture.Flows, plan.Remainder, seams.Places);
            IFlowJournal journal = flows.OpenJournal();
            var edges = new EdgeTable(journal);
            app = Build(options, access, seams, capture, flows, plan.Remainder, estimates, edges, sent);
            await app.StartAsync();
            if (apiAccess is not null)
            {
                api = await ApiServer.StartAsync(Builder(options.Log), options.Api, apiAccess, Told(options, seams, capture, flows, plan, edges, sent));
            }
            var daemon = new Daemon(capture, app, api, sent, estimates, new EdgeSampler(
                edges, journal, seams.OpenEnds, options.Aggregation.Interval, options.Aggregation.IdleExpiry, app.Services.GetRequiredService<ILogger<EdgeSampler>>()),
                NameSource.Begin(options.Kubernetes, pods, seams.Time, app.Services.GetRequiredService<ILogger<NameLoop>>()),
                OtlpExport.Begin(options, seams, app.Services));
            daemon.Log.Started(capture.ReadPrograms().Count(static program => program.Attached), capture.StartTime.TotalMilliseconds, $"{daemon.Address}/metrics");
            if (api is not null)
            {
                daemon.Log.Serves($"{api.Address}/api/v1");
            }
            foreach (MissingPart part in capture.Missing)
            {
                daemon.Log.Refused(part.ToString());
            }
            foreach (Need need in Need.Missing(options))
            {
                daemon.Log.Lacks(need.Name, need.Without);
            }
            return daemon;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            bool metrics = app is null || !app.Lifetime.ApplicationStarted.IsCancellationRequested;
            await Release(app, api, capture);
            throw metrics ? Explain(fault, "metrics", options.Metrics.Listen) : Explain(fault, "api", options.Api.Listen!);
        }
        catch
        {
            await Release(app, api, capture);
            throw;
        }
    }

    /// <summary>What the kernel decides of the filter, and the rest.</summary>
    /// <exception cref="CommandException">The filter cannot be followed.</exception>
    public static FilterPlan Plan(AgentOptions options) => DaemonFilter.Plan(options, out FilterError? error)
        ?? throw new CommandException(ExitStatus.Usage, $"filter {OptionKinds.Quote(options.Filter)}: {error} (see ipcscope fields)");

    /// <summary>Who may ask for metrics, and who the API; null: there is none.</summary>
    /// <exception cref="CommandException">A file that says so cannot be used.</exception>
    public static (Access Metrics, Access? Api) OpenAccess(AgentOptions options) =>
        (OpenAccess("metrics", options.Metrics.Access), options.Api.Listen is null ? null : OpenAccess("api", options.Api.Access));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_otlp is not null)
        {
            await _otlp.DisposeAsync();
        }
        if (_names is not null)
        {
            await _names.DisposeAsync();
        }
        _sampler?.Dispose();
        _edges.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
        _capture.Stop();
        StageCount edges = _edges.Ledger;
        Log.Stopped(
            _capture.DetachTime.TotalMilliseconds,
            new Losses([.. _capture.ReadLosses(), .. _edges.Losses, LossCause.ConsumerSlow.Of(_sent.Stage.Lost)], [.. _capture.ReadStages(), edges, _sent.Stage]).Describe());
        await Release(_app, null, _capture);
    }

    private static CaptureOptions Captured(AgentOptions options, FilterPlan plan)
    {
        var captured = new CaptureOptions
        {
            Filter = plan.Kernel,
            PrivateFutexes = options.PrivateFutexes,
            MaxFlows = options.Aggregation.MaxFlows,
            Attachment = options.Aggregation.Attachment,
            Delivery = options.Aggregation.Delivery,
            ProgramTimes = options.Metrics.ProgramTimes,
            IdleExpiry = options.Aggregation.IdleExpiry,
            MaintenanceInterval = options.Aggregation.Interval,
        };
        return options.Aggregation.Mode == AggregationMode.Kernel
            ? captured
            : captured with
            {
                CountInKernel = false,
                RingBytes = CaptureOptions.OperationsRingBytes,
                PollInterval = CaptureOptions.OperationsPollInterval,
            };
    }

    private static Access OpenAccess(string section, AccessOptions access)
    {
        try
        {
            return Access.Open(access, TimeProvider.System);
        }
        catch (AccessException fault)
        {
            throw new CommandException(ExitStatus.Usage, $"{section} cannot be guarded: {fault.Message} (see {section}.tokenFile and {section}.tls)");
        }
    }

    // Neither a settings file that lies about nor the web server's own variables are ours; and nothing below our folder is watched for one to appear.
    private static WebApplicationBuilder Builder(LogOptions log)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        DaemonLog.Configure(builder.Logging, log);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        return builder;
    }

    private static WebApplication Build(
        AgentOptions options, Access access, Seams seams, ICapture capture, IFlowSource flows, FilterExpression? filter, VolumeEstimates? estimates, EdgeTable edges, StreamLedger sent)
    {
        WebApplicationBuilder builder = Builder(options.Log);
        builder.ListenAt(options.Metrics.Listen, access);
        builder.Services.AddIpcMetrics(
            flows, capture, options.Metrics, seams.OpenObjects, estimates, () => FilteredCalls.Of(capture.ReadCalls(), filter, seams.Places), edges, seams.Places, () => sent.Stage);
        WebApplication app = builder.Build();
        app.GuardPages(options.Metrics.Listen, access);
        return app.MapIpcMetrics();
    }

    private static ApiSources Told(AgentOptions options, Seams seams, ICapture capture, IFlowSource flows, FilterPlan plan, EdgeTable edges, StreamLedger sent) => new()
    {
        Flows = flows,
        Capture = capture,
        ReadCalls = () => FilteredCalls.Of(capture.ReadCalls(), plan.Remainder, seams.Places),
        StartCapture = seams.StartCapture,
        Capturing = Captured(options, plan),
        Whole = plan.Whole,
        Mechanisms = options.Mechanisms,
        OpenEnds = seams.OpenEnds,
        OpenObjects = seams.OpenObjects,
        Edges = edges,
        Places = seams.Places,
        Time = seams.Time,
        Facts = ApiServer.Facts(options, seams.Places.Node, Need.Missing(options).Select(need => (need.Name, need.Without))),
        Sent = sent,
    };

    private static async Task Release(WebApplication? app, ApiServer? api, ICapture capture)
    {
        if (api is not null)
        {
            await api.DisposeAsync();
        }
        if (app is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            await app.StopAsync(patience.Token);
            await app.DisposeAsync();
        }
        capture.Dispose();
    }

    private static CommandException Explain(Exception fault, string section, ListenAddress address)
    {
        string why = fault.Message.Contains("in use", StringComparison.Ordinal)
            ? $"the address is in use{OtherAgent.Describe()}; choose another one with {section}.listen"
            : $"{fault.Message.TrimEnd('.')} (see {section}.listen)";
        return new CommandException(ExitStatus.Failed, $"cannot serve {(section == "api" ? "the API" : section)} at {address}: {why}");
    }
}
