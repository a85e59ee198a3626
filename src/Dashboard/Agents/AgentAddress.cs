using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Ipcscope.Dashboard.Agents;

/// <summary>Where an agent is, or all those that a name stands for: <c>127.0.0.1:9465</c>, <c>https://node-1:9465</c>, <c>dns:agents.ns.svc:9465</c>.</summary>
/// <param name="Secure">Whether it is asked by https.</param>
/// <param name="Host">A name or an address, IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="All">Whether each address that the name resolves to is an agent of its own (<c>dns:</c>); otherwise any of them will do.</param>
internal sealed record AgentAddress(bool Secure, string Host, int Port, bool All)
{
    private const string AllPrefix = "dns:";

    /// <summary>Reads one; false if it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AgentAddress? address)
    {
        address = null;
        bool all = text.StartsWith(AllPrefix, StringComparison.Ordinal);
        string rest = all ? text[AllPrefix.Length..] : text;
        bool secure = rest.StartsWith("https://", StringComparison.Ordinal);
        rest = secure ? rest["https://".Length..] : rest.StartsWith("http://", StringComparison.Ordinal) ? rest["http://".Length..] : rest;
        int colon = rest.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            return false;
        }
        string host = rest[..colon];
        host = host is ['[', .., ']'] ? host[1..^1] : host;
        bool known = (Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 && !rest.StartsWith('[')) || (IPAddress.TryParse(host, out _) && rest.StartsWith('['));
        address = known ? new AgentAddress(secure, host, port, all) : null;
        return known;
    }

    /// <summary>The agent at one of the addresses that the name resolves to.</summary>
    public AgentAddress At(IPAddress address) => this with { Host = address.ToString(), All = false };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(All ? AllPrefix : "")}{(Secure ? "https://" : "")}{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
