using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Ipcscope.Wire;

/// <summary>Calls of one request and one answer by gRPC over HTTP/2 (grpc.io, "gRPC over HTTP2").</summary>
internal static class GrpcCall
{
    private const int PrefixBytes = 5;

    /// <summary>Calls.</summary>
    /// <param name="client">Knows the address; HTTP/2 without TLS is agreed upon beforehand.</param>
    /// <param name="method"><c>/package.Service/Method</c>.</param>
    /// <param name="message">The request.</param>
    /// <param name="limit">The most bytes that an answer may have.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="GrpcException">The server says no.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached, or does not speak gRPC.</exception>
    public static async Task<byte[]> UnaryAsync(HttpClient client, string method, ReadOnlyMemory<byte> message, int limit, CancellationToken cancellation)
    {
        byte[] frame = new byte[PrefixBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsMemory(PrefixBytes));
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] answer = await ReadAsync(body, limit, cancellation);
        // An error without an answer is said in the head.
        Check(response.TrailingHeaders.Contains("grpc-status") ? response.TrailingHeaders : response.Headers);
        return answer;
    }

    private static async Task<byte[]> ReadAsync(Stream body, int limit, CancellationToken cancellation)
    {
        byte[] prefix = new byte[PrefixBytes];
        int read = await body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellation);
        if (read == 0)
        {
            return [];
        }
        uint length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (read < PrefixBytes || prefix[0] != 0 || length > limit)
        {
            throw new HttpRequestException($"the answer is compressed or longer than {limit} bytes");
        }
        byte[] answer = new byte[length];
        await body.ReadExactlyAsync(answer, cancellation);
        while (await body.ReadAsync(prefix, cancellation) > 0)
        {
            // to the trailers
        }
        return answer;
    }

    private static void Check(HttpHeaders headers)
    {
        string status = headers.TryGetValues("grpc-status", out IEnumerable<string>? values) ? values.First() : "2";
        if (status != "0")
        {
            string message = headers.TryGetValues("grpc-message", out values) ? Uri.UnescapeDataString(values.First()) : "";
            throw new GrpcException(int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 2, message);
        }
    }
}
