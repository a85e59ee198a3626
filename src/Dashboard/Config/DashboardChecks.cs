using Ipcscope.Config;

namespace Ipcscope.Dashboard.Config;

/// <summary>Finds settings that cannot be together.</summary>
internal static class DashboardChecks
{
    public static IEnumerable<Contradiction> Find(DashboardOptions options)
    {
        if (options.Agents.Count == 0)
        {
            yield return new(["agents"], "there is nobody to ask; allowed: at least one agent");
        }
        if (!options.Listen.IsLoopback && options.HasLink)
        {
            yield return new(
                ["listen", "tokenFile", "proxy.header"],
                $"others can reach {options.Listen}, and nobody would be asked who they are; allowed: a loopback address, or tokenFile or proxy with it");
        }
        if (options.Proxy.IsUsed != options.Proxy.Addresses.Count > 0)
        {
            yield return new(
                ["proxy.addresses", "proxy.header"], "a header is believed only of a proxy's own address; allowed: both header and addresses, or neither");
        }
        if (options.Tls.CertificateFile.Length == 0 != (options.Tls.KeyFile.Length == 0))
        {
            yield return new(["tls.certificateFile", "tls.keyFile"], "TLS needs a certificate and its key; allowed: both, or neither");
        }
        if (options.AgentTls.CertificateFile.Length == 0 != (options.AgentTls.KeyFile.Length == 0))
        {
            yield return new(["agentTls.certificateFile", "agentTls.keyFile"], "a client needs a certificate and its key; allowed: both, or neither");
        }
        if (options.GoneAfter < options.StaleAfter)
        {
            yield return new(["goneAfter", "staleAfter"], "an agent would be gone before it is stale; allowed: a goneAfter that is not less than staleAfter");
        }
    }
}
