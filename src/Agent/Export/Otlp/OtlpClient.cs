using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using Ipcscope.Config;
using Ipcscope.Wire;

namespace Ipcscope.Export.Otlp;

/// <summary>Sends one request (opentelemetry.io, "OTLP Specification").</summary>
internal sealed class OtlpClient : IDisposable
{
    private const string Method = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string Path = "/v1/metrics";
    private const int AnswerLimit = 64 << 10;

    private readonly OtlpOptions _options;
    private readonly Uri _url;
    private readonly HttpClient _client;

    /// <summary>Knows where to.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    public OtlpClient(OtlpOptions options)
    {
        _options = options;
        var endpoint = new Uri(options.Endpoint);
        _url = options.Protocol == OtlpProtocol.Http && endpoint.AbsolutePath == "/" ? new Uri(endpoint, Path) : endpoint;
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = options.Timeout, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
        {
            BaseAddress = endpoint,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerLimit,
        };
    }

    /// <summary>Sends.</summary>
    /// <returns>How many points the receiver has left out.</returns>
    /// <exception cref="OtlpException">It did not arrive.</exception>
    public async Task<long> SendAsync(OtlpRequest request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.Timeout);
        try
        {
            byte[] answer = _options.Protocol == OtlpProtocol.Grpc
                ? await GrpcCall.UnaryAsync(_client, Method, request.Message, AnswerLimit, limit.Token)
                : await PostAsync(request.Message, limit.Token);
            return ReadRejected(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OtlpException(OtlpCause.Timeout, $"no answer in {_options.Timeout.TotalSeconds} s", TimeSpan.Zero, mayPass: true);
        }
        catch (GrpcException fault)
        {
            throw new OtlpException(fault.MayPass ? OtlpCause.Busy : OtlpCause.Refused, fault.Message, TimeSpan.Zero, fault.MayPass);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            throw new OtlpException(OtlpCause.Unreachable, fault.GetBaseException().Message, TimeSpan.Zero, mayPass: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<byte[]> PostAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(message) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
        using HttpResponseMessage response = await _client.PostAsync(_url, content, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsByteArrayAsync(cancellation);
        }
        bool mayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        throw new OtlpException(
            mayPass ? OtlpCause.Busy : OtlpCause.Refused, $"{(int)response.StatusCode} {response.ReasonPhrase}", response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, mayPass);
    }

    // ExportMetricsServiceResponse.partial_success.rejected_data_points
    private static long ReadRejected(ReadOnlySpan<byte> answer)
    {
        long rejected = 0;
        var reader = new ProtoReader(answer);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var partial = new ProtoReader(reader.Bytes());
                while (partial.Next())
                {
                    rejected = partial.Field == 1 ? (long)partial.Number() : rejected;
                }
            }
        }
        return rejected;
    }
}
