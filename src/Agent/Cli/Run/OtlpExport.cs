using System.Diagnostics.Metrics;
using Ipcscope.Config;
using Ipcscope.Export;
using Ipcscope.Export.Otlp;

namespace Ipcscope.Cli;

/// <summary>Lets the daemon send what its page shows.</summary>
internal static class OtlpExport
{
    /// <summary>Begins.</summary>
    /// <returns>Disposing ends it; null: nothing is to be sent.</returns>
    public static OtlpExporter? Begin(AgentOptions options, Seams seams, IServiceProvider services)
    {
        if (options.Otlp.Endpoint.Length == 0)
        {
            return null;
        }
        var encoder = new OtlpEncoder(new OtlpResources(options.Metrics.Labels, seams.Places), Now(seams.Time));
        IpcScrape scrape = services.GetRequiredService<IpcScrape>();
        return new OtlpExporter(
            cancellation => scrape.ReadAsync(table => encoder.Encode(table, Now(seams.Time)), cancellation),
            options.Otlp, services.GetRequiredService<IMeterFactory>(), seams.Time, services.GetRequiredService<ILogger<OtlpExporter>>());
    }

    private static ulong Now(TimeProvider time) => (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
