using System.Net;

namespace Ipcscope.Listen;

/// <summary>
/// A page of the web can make a browser on this machine ask a loopback address under a name of its own (DNS rebinding), and read the answer. The browser then sends
/// that name: only names that mean this machine are answered.
/// </summary>
internal static class LocalHost
{
    /// <summary>Whether a Host header's name means this machine; HTTP/1.0 may leave it out, browsers never do.</summary>
    public static bool Means(HostString host)
    {
        string name = host.Host.TrimEnd('.');
        return name.Length == 0
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
