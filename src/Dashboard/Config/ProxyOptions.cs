using System.Net;

namespace Ipcscope.Dashboard.Config;

/// <summary>A proxy that knows who asks and says so in a header.</summary>
internal sealed record ProxyOptions
{
    /// <summary>The header that holds the user's name; empty: there is none.</summary>
    public string Header { get; init; } = "";

    /// <summary>The proxy's addresses: from others the header means nothing.</summary>
    public IReadOnlyList<IPNetwork> Addresses { get; init; } = [];

    /// <summary>Whether there is one.</summary>
    public bool IsUsed => Header.Length > 0;
}
