using Ipcscope.Decode;
using Ipcscope.Export;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ipcscope.Config;

/// <summary>The settings in force, defaults included, in the form of the file: what <c>run --check</c> prints.</summary>
[YamlSerializable]
internal sealed class EffectiveSettings
{
    public Dictionary<string, EffectiveMechanism> Mechanisms { get; set; } = [];

    public string Filter { get; set; } = "";

    public EffectiveAggregation Aggregation { get; set; } = new();

    public EffectiveMetrics Metrics { get; set; } = new();

    public EffectiveApi Api { get; set; } = new();

    public EffectiveOtlp Otlp { get; set; } = new();

    public EffectiveKubernetes Kubernetes { get; set; } = new();

    public EffectiveLog Log { get; set; } = new();

    /// <summary>As YAML that <see cref="ConfigLoader"/> reads back to the same options.</summary>
    public static string ToYaml(AgentOptions options) => new StaticSerializerBuilder(new EffectiveSettingsContext())
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeConverter(new MechanismWriter())
        .Build()
        .Serialize(From(options));

    private static EffectiveSettings From(AgentOptions options) => new()
    {
        Mechanisms = Enum.GetValues<Mechanism>().Where(mechanism => mechanism != Mechanism.None)
            .ToDictionary(
                mechanism => Words.Mechanisms[(int)mechanism],
                mechanism => new EffectiveMechanism
                {
                    Enabled = options.Mechanisms.Contains(mechanism),
                    Private = mechanism == Mechanism.Futex ? options.PrivateFutexes : null,
                    SampleVolume = mechanism == Mechanism.Shm ? options.SampleVolume : null,
                }),
        Filter = options.Filter,
        Aggregation = new EffectiveAggregation
        {
            Mode = options.Aggregation.Mode.ToString().ToLowerInvariant(),
            Attachment = options.Aggregation.Attachment.ToString().ToLowerInvariant(),
            Interval = Milliseconds(options.Aggregation.Interval),
            MaxFlows = options.Aggregation.MaxFlows,
            Delivery = options.Aggregation.Delivery,
            IdleExpiry = Milliseconds(options.Aggregation.IdleExpiry),
        },
        Metrics = new EffectiveMetrics
        {
            Listen = options.Metrics.Listen.ToString(),
            TokenFile = options.Metrics.Access.TokenFile,
            Tls = Tls(options.Metrics.Access),
            Labels = [.. options.Metrics.Labels.Select(label => label.ToString().ToLowerInvariant())],
            MaxSeries = options.Metrics.MaxSeries,
            OpenMetrics = options.Metrics.OpenMetrics,
            ProgramTimes = options.Metrics.ProgramTimes,
        },
        Api = new EffectiveApi
        {
            Listen = options.Api.Listen?.ToString() ?? "",
            TokenFile = options.Api.Access.TokenFile,
            Tls = Tls(options.Api.Access),
        },
        Otlp = new EffectiveOtlp
        {
            Endpoint = options.Otlp.Endpoint,
            Protocol = options.Otlp.Protocol.ToString().ToLowerInvariant(),
            Interval = Milliseconds(options.Otlp.Interval),
            Timeout = Milliseconds(options.Otlp.Timeout),
        },
        Kubernetes = new EffectiveKubernetes
        {
            Enabled = options.Kubernetes.Enabled switch { ApiUse.On => "true", ApiUse.Off => "false", _ => "auto" },
            NodeName = options.Kubernetes.NodeName,
            CriSocket = options.Kubernetes.CriSocket,
        },
        Log = new EffectiveLog
        {
            Level = options.Log.Level.ToString().ToLowerInvariant(),
            Format = options.Log.Format.ToString().ToLowerInvariant(),
        },
    };

    private static EffectiveTls Tls(AccessOptions access) => new()
    {
        CertificateFile = access.CertificateFile,
        KeyFile = access.KeyFile,
        ClientCaFile = access.ClientCaFile,
    };

    private static string Milliseconds(TimeSpan time) => $"{(long)time.TotalMilliseconds}ms";
}

/// <summary>The key <c>aggregation</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveAggregation
{
    public string Mode { get; set; } = "";

    public string Attachment { get; set; } = "";

    public string Interval { get; set; } = "";

    public int MaxFlows { get; set; }

    public bool Delivery { get; set; }

    public string IdleExpiry { get; set; } = "";
}

/// <summary>The keys <c>metrics.tls</c> and <c>api.tls</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveTls
{
    public string CertificateFile { get; set; } = "";

    public string KeyFile { get; set; } = "";

    public string ClientCaFile { get; set; } = "";
}

/// <summary>The key <c>metrics</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveMetrics
{
    public string Listen { get; set; } = "";

    public string TokenFile { get; set; } = "";

    public EffectiveTls Tls { get; set; } = new();

    public List<string> Labels { get; set; } = [];

    public int MaxSeries { get; set; }

    public bool OpenMetrics { get; set; }

    public bool ProgramTimes { get; set; }
}

/// <summary>The key <c>api</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveApi
{
    public string Listen { get; set; } = "";

    public string TokenFile { get; set; } = "";

    public EffectiveTls Tls { get; set; } = new();
}

/// <summary>The key <c>otlp</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveOtlp
{
    public string Endpoint { get; set; } = "";

    public string Protocol { get; set; } = "";

    public string Interval { get; set; } = "";

    public string Timeout { get; set; } = "";
}

/// <summary>The key <c>kubernetes</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveKubernetes
{
    public string Enabled { get; set; } = "";

    public string NodeName { get; set; } = "";

    public string CriSocket { get; set; } = "";
}

/// <summary>The key <c>log</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveLog
{
    public string Level { get; set; } = "";

    public string Format { get; set; } = "";
}

/// <summary>YamlDotNet's static generator fills it: reflection would fail in the native binary.</summary>
[YamlStaticContext]
public sealed partial class EffectiveSettingsContext : StaticContext;
