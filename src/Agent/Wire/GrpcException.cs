namespace Ipcscope.Wire;

/// <summary>A gRPC call was answered with an error.</summary>
/// <param name="status">Its number (grpc.io, "Status codes").</param>
/// <param name="message">What the server says.</param>
internal sealed class GrpcException(int status, string message) : Exception($"gRPC status {status}{(message.Length > 0 ? $": {message}" : "")}")
{
    /// <summary>Its number.</summary>
    public int Status => status;

    /// <summary>Whether the same call may succeed later (opentelemetry.io, OTLP specification, "Failures"): cancelled, deadline, exhausted, aborted, out of range, unavailable, data loss.</summary>
    public bool MayPass => status is 1 or 4 or 8 or 10 or 11 or 14 or 15;
}
