namespace Ipcscope.Config;

/// <summary>How metrics are sent.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC.</summary>
    Grpc,
    /// <summary>Protobuf in HTTP.</summary>
    Http,
}

/// <summary>Metrics that are sent to a collector of OpenTelemetry.</summary>
public sealed record OtlpOptions
{
    /// <summary>Its URL; empty: nothing is sent.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>How.</summary>
    public OtlpProtocol Protocol { get; init; }

    /// <summary>How often, 1 s to 1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one attempt may take, 100 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
