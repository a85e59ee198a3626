using System.Diagnostics.CodeAnalysis;
using Ipcscope.Config;
using Ipcscope.Enrich;

namespace Ipcscope.Names;

/// <summary>Chooses who is asked for names.</summary>
internal static class NameSource
{
    /// <summary>The runtime's socket, the API server, or nobody: null.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="access">How this pod reaches the API server; null: this is no pod, or it has no token.</param>
    /// <param name="time">Clock.</param>
    public static INameReader? Choose(KubernetesOptions options, ClusterAccess? access, TimeProvider time) =>
        options.CriSocket.Length > 0 && options.Enabled != ApiUse.On ? new CriReader(options.CriSocket, time)
        : access is not null && options.Enabled != ApiUse.Off ? new ApiReader(access, options.Node, time)
        : options.CriSocket.Length > 0 ? new CriReader(options.CriSocket, time)
        : null;

    /// <summary>Begins to keep a table of names.</summary>
    /// <returns>Disposing ends it; null: nobody is asked.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The loop disposes of its reader.")]
    public static NameLoop? Begin(KubernetesOptions options, PodTable table, TimeProvider time, ILogger log) =>
        Choose(options, ClusterAccess.OfThisPod(), time) is { } reader ? new NameLoop(reader, table, time, log) : null;
}
