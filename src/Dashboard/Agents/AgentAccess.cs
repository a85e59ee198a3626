using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ipcscope.Dashboard.Agents;

/// <summary>What agents want to see before they answer.</summary>
/// <param name="Token">Reads the token as it is now; it gives null where none is wanted.</param>
/// <param name="Authorities">The roots of the agents' certificates; null: those of this machine.</param>
/// <param name="Certificate">The dashboard's own; null: none.</param>
internal sealed record AgentAccess(Func<string?> Token, X509Certificate2Collection? Authorities, SslStreamCertificateContext? Certificate)
{
    /// <summary>Nothing is wanted.</summary>
    public static AgentAccess None { get; } = new(static () => null, null, null);
}
