using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Filters;
using Microsoft.Extensions.Logging;
using static Ipcscope.Config.SettingForms<Ipcscope.Config.AgentOptions>;

namespace Ipcscope.Config;

/// <summary>All keys: what is not here is unknown.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting<AgentOptions>> All { get; } =
    [
        .. AgentOptions.AllMechanisms.Select(mechanism => Observe(Words.Mechanisms[(int)mechanism], mechanism)),
        Toggle("mechanisms.shm.sampleVolume", (o, on) => o with { SampleVolume = on }),
        Toggle("mechanisms.futex.private", (o, on) => o with { PrivateFutexes = on }),
        new()
        {
            Key = "filter",
            Form = SettingForm.Text,
            Allowed = "a filter expression; '' lets everything through",
            Explain = value => FilterParser.TryParse(value, FilterScopes.Any, out _, out FilterError? error) ? "" : $": {error}",
            TryAssign = (string value, ref AgentOptions options) =>
            {
                options = options with { Filter = value };
                return FilterParser.TryParse(value, FilterScopes.Any, out _, out _);
            },
        },
        Choice("aggregation.mode", [("kernel", AggregationMode.Kernel), ("ring", AggregationMode.Ring)],
            (o, mode) => o with { Aggregation = o.Aggregation with { Mode = mode } }),
        Choice("aggregation.attachment", [("tracepoints", Attachment.Tracepoints), ("functions", Attachment.Functions)],
            (o, attachment) => o with { Aggregation = o.Aggregation with { Attachment = attachment } }),
        Duration("aggregation.interval", "10ms", "1h", (o, interval) => o with { Aggregation = o.Aggregation with { Interval = interval } }),
        Count("aggregation.maxFlows", 64, 1_048_576, (o, flows) => o with { Aggregation = o.Aggregation with { MaxFlows = flows } }),
        Toggle("aggregation.delivery", (o, on) => o with { Aggregation = o.Aggregation with { Delivery = on } }),
        Duration("aggregation.idleExpiry", "1s", "24h", (o, expiry) => o with { Aggregation = o.Aggregation with { IdleExpiry = expiry } }),
        new()
        {
            Key = "metrics.listen",
            Form = SettingForm.Text,
            Allowed = "an address and a port, such as 127.0.0.1:9464, \"[::1]:9464\" or localhost:9464",
            TryAssign = (string value, ref AgentOptions options) =>
            {
                bool allowed = ListenAddress.TryParse(value, out ListenAddress? address);
                options = address is null ? options : options with { Metrics = options.Metrics with { Listen = address } };
                return allowed;
            },
        },
        .. Guard("metrics", (options, with) => options with { Metrics = options.Metrics with { Access = with(options.Metrics.Access) } }),
        Choices("metrics.labels",
            [
                ("process", MetricLabel.Process), ("pid", MetricLabel.Pid), ("executable", MetricLabel.Executable), ("container", MetricLabel.Container),
                ("pod", MetricLabel.Pod), ("namespace", MetricLabel.Namespace), ("workload", MetricLabel.Workload), ("node", MetricLabel.Node),
                ("cgroup", MetricLabel.Cgroup),
            ],
            o => o.Metrics.Labels, (o, labels) => o with { Metrics = o.Metrics with { Labels = labels } }),
        Count("metrics.maxSeries", 1, 1_048_576, (o, series) => o with { Metrics = o.Metrics with { MaxSeries = series } }),
        Toggle("metrics.openMetrics", (o, on) => o with { Metrics = o.Metrics with { OpenMetrics = on } }),
        Toggle("metrics.programTimes", (o, on) => o with { Metrics = o.Metrics with { ProgramTimes = on } }),
        new()
        {
            Key = "api.listen",
            Form = SettingForm.Text,
            Allowed = "an address and a port, such as 127.0.0.1:9465, \"[::1]:9465\" or localhost:9465; '' serves none",
            TryAssign = (string value, ref AgentOptions options) =>
            {
                bool allowed = ListenAddress.TryParse(value, out ListenAddress? address) || value.Length == 0;
                options = allowed ? options with { Api = options.Api with { Listen = address } } : options;
                return allowed;
            },
        },
        .. Guard("api", (options, with) => options with { Api = options.Api with { Access = with(options.Api.Access) } }),
        new()
        {
            Key = "otlp.endpoint",
            Form = SettingForm.Text,
            Allowed = "a URL, such as http://127.0.0.1:4317 or https://collector:4318; '' sends nothing",
            TryAssign = (string value, ref AgentOptions options) =>
            {
                bool allowed = value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0);
                options = allowed ? options with { Otlp = options.Otlp with { Endpoint = value } } : options;
                return allowed;
            },
        },
        Choice("otlp.protocol", [("grpc", OtlpProtocol.Grpc), ("http", OtlpProtocol.Http)], (o, protocol) => o with { Otlp = o.Otlp with { Protocol = protocol } }),
        Duration("otlp.interval", "1s", "1h", (o, interval) => o with { Otlp = o.Otlp with { Interval = interval } }),
        Duration("otlp.timeout", "100ms", "1m", (o, timeout) => o with { Otlp = o.Otlp with { Timeout = timeout } }),
        Choice("kubernetes.enabled", [("auto", ApiUse.Auto), ("true", ApiUse.On), ("false", ApiUse.Off)],
            (o, enabled) => o with { Kubernetes = o.Kubernetes with { Enabled = enabled } }),
        Text("kubernetes.nodeName", "a name; '' is the host name", static value => value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'),
            (o, name) => o with { Kubernetes = o.Kubernetes with { NodeName = name } }),
        Text("kubernetes.criSocket", "the path of a socket, such as /run/containerd/containerd.sock; '' asks no runtime", static value => value.Length == 0 || value[0] == '/',
            (o, path) => o with { Kubernetes = o.Kubernetes with { CriSocket = path } }),
        Choice("log.level",
            [
                ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("information", LogLevel.Information),
                ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("critical", LogLevel.Critical),
            ],
            (o, level) => o with { Log = o.Log with { Level = level } }),
        Choice("log.format", [("text", LogFormat.Text), ("json", LogFormat.Json)], (o, format) => o with { Log = o.Log with { Format = format } }),
    ];

    // The keys that say who may ask a listener.
    private static IEnumerable<Setting<AgentOptions>> Guard(string section, Func<AgentOptions, Func<AccessOptions, AccessOptions>, AgentOptions> change)
    {
        yield return FilePath($"{section}.tokenFile", (options, path) => change(options, access => access with { TokenFile = path }));
        yield return FilePath($"{section}.tls.certificateFile", (options, path) => change(options, access => access with { CertificateFile = path }));
        yield return FilePath($"{section}.tls.keyFile", (options, path) => change(options, access => access with { KeyFile = path }));
        yield return FilePath($"{section}.tls.clientCaFile", (options, path) => change(options, access => access with { ClientCaFile = path }));
    }

    private static Setting<AgentOptions> FilePath(string key, Func<AgentOptions, string, AgentOptions> with) => new()
    {
        Key = key,
        Form = SettingForm.Text,
        Allowed = "the path of a file from /, or '' for none",
        TryAssign = (string value, ref AgentOptions options) =>
        {
            options = with(options, value);
            return value is "" or ['/', ..] && !value.Contains('\0', StringComparison.Ordinal);
        },
    };

    private static Setting<AgentOptions> Observe(string word, Mechanism mechanism) => Toggle($"mechanisms.{word}", (options, on) => options with
    {
        Mechanisms = [.. options.Mechanisms.Where(other => other != mechanism).Concat(on ? [mechanism] : []).Order()],
    });
}
