using System.Net;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard.Access;

/// <summary>By which names the dashboard may be asked: a page of the web may make a browser ask us by a name of its own (DNS rebinding).</summary>
internal static class OwnName
{
    /// <summary>Whether it is one of ours: this machine's, one of the settings, or, where others may come, a number, which no name server can turn to elsewhere.</summary>
    public static bool Is(HostString host, bool local, IReadOnlyList<string> names)
    {
        string name = host.Host.TrimEnd('.').Trim('[', ']');
        return LocalHost.Means(host) || names.Contains(name, StringComparer.OrdinalIgnoreCase) || (!local && IPAddress.TryParse(name, out _));
    }
}
