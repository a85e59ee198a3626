namespace Ipcscope.Export.Gzip;

/// <summary>What all that is compressed with gzip (RFC 1952) has in common.</summary>
internal static class GzipFormat
{
    /// <summary>Its name in headers (RFC 9110, 8.4.1.3).</summary>
    public const string Encoding = "gzip";

    /// <summary>How it begins (2.3): magic, deflate, no flags, no time, fastest, unix.</summary>
    public static ReadOnlyMemory<byte> Head { get; } = new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3 };

    /// <summary>Whether a client takes it.</summary>
    public static bool IsAccepted(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding.Any(static encoding =>
        encoding.Quality is not 0 && encoding.Value.Equals(Encoding, StringComparison.OrdinalIgnoreCase));
}
