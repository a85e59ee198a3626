using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ipcscope.Config;

/// <summary>Where a server listens: <c>127.0.0.1:9464</c>, <c>[::1]:9464</c>, <c>localhost:9464</c>.</summary>
/// <param name="Host">
/// An IPv4 or IPv6 address without brackets, or <c>localhost</c>. Other names would have to be looked up, with a network that may not be up yet.
/// </param>
/// <param name="Port">0 to 65535; 0: the kernel takes a free one.</param>
public sealed record ListenAddress(string Host, int Port)
{
    private const string LocalHost = "localhost";

    /// <summary>The address to bind to; <c>localhost</c> is 127.0.0.1.</summary>
    public IPAddress Address => Host == LocalHost ? IPAddress.Loopback : IPAddress.Parse(Host);

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>host:port</c>, an IPv6 address in brackets.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }
        string host = text[..colon];
        bool bracketed = host is ['[', .., ']'];
        host = bracketed ? host[1..^1] : host;
        if (!(bracketed ? IsAddress(host, AddressFamily.InterNetworkV6) : host == LocalHost || IsDottedQuad(host)))
        {
            return false;
        }
        address = new ListenAddress(host, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    // IPAddress takes "1" and "010.1" as well: nobody means those.
    private static bool IsDottedQuad(string host) =>
        IsAddress(host, AddressFamily.InterNetwork) && IPAddress.Parse(host).ToString() == host;

    private static bool IsAddress(string host, AddressFamily family) => IPAddress.TryParse(host, out IPAddress? parsed) && parsed.AddressFamily == family;
}
