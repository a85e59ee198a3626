using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.Config;

namespace Ipcscope.Dashboard.History;

/// <summary>Opens what asking Prometheus needs.</summary>
internal static class PrometheusFiles
{
    /// <summary>Null: there is none.</summary>
    public static Prometheus? Open(PrometheusOptions options, TimeProvider time) =>
        options.Address.Length == 0 ? null : new Prometheus(new Uri(options.Address.TrimEnd('/') + "/"), BearerFile.Open(options.TokenFile, time));
}
