using Ipcscope.Decode;
using Ipcscope.Filters;

namespace Ipcscope.Config;

/// <summary>Finds settings that cannot be together.</summary>
internal static class CrossChecks
{
    public static IEnumerable<Contradiction> Find(AgentOptions options)
    {
        if (options.Mechanisms.Count == 0)
        {
            yield return new(
                [.. SettingTable.All.Select(setting => setting.Key).Where(key => key.StartsWith("mechanisms.", StringComparison.Ordinal))],
                "every mechanism is off: nothing would be observed; allowed: at least one on");
        }
        else if (options.PrivateFutexes && !options.Mechanisms.Contains(Mechanism.Futex))
        {
            yield return new(
                ["mechanisms.futex.private", "mechanisms.futex"], "futex is off, so private ones would not be observed; allowed: private without enabled false");
        }
        if (options.SampleVolume && options.Mechanisms.Count != 0 && !options.Mechanisms.Contains(Mechanism.Shm))
        {
            yield return new(
                ["mechanisms.shm.sampleVolume", "mechanisms.shm"], "shm is off, so its volume would not be sampled; allowed: sampleVolume without enabled false");
        }
        if (options.Aggregation.IdleExpiry < options.Aggregation.Interval)
        {
            (double expiry, double interval) = (options.Aggregation.IdleExpiry.TotalSeconds, options.Aggregation.Interval.TotalSeconds);
            yield return new(
                ["aggregation.idleExpiry", "aggregation.interval"],
                $"flows would expire after {expiry} s, before they are read every {interval} s; "
                + "allowed: an idleExpiry that is not less than interval");
        }
        foreach (Contradiction found in Listener("metrics", options.Metrics.Listen, options.Metrics.Access)
            .Concat(options.Api.Listen is { } listen ? Listener("api", listen, options.Api.Access) : []))
        {
            yield return found;
        }
        if (options.Api.Listen is { Port: > 0 } api && api.Port == options.Metrics.Listen.Port && api.Address.Equals(options.Metrics.Listen.Address))
        {
            yield return new(["api.listen", "metrics.listen"], $"{api} is where metrics are served, too; allowed: another port, or '' for no API");
        }
        if (DaemonFilter.Plan(options, out FilterError? error) is null)
        {
            yield return new(["filter", "aggregation.mode"], $"found {ConfigFault.Quote(options.Filter)}: {error}");
        }
    }

    private static IEnumerable<Contradiction> Listener(string section, ListenAddress listen, AccessOptions access)
    {
        if (!listen.IsLoopback && access.IsOpen)
        {
            yield return new(
                [$"{section}.listen", $"{section}.tokenFile", $"{section}.tls.clientCaFile"],
                $"others can reach {listen}, and nobody would be asked who they are; allowed: a loopback address, or {section}.tokenFile or {section}.tls.clientCaFile with it");
        }
        if ((access.CertificateFile.Length == 0) != (access.KeyFile.Length == 0) || (access.ClientCaFile.Length > 0 && access.CertificateFile.Length == 0))
        {
            yield return new(
                [$"{section}.tls.certificateFile", $"{section}.tls.keyFile", $"{section}.tls.clientCaFile"],
                "TLS needs a certificate and its key; allowed: both certificateFile and keyFile, or none of the three");
        }
    }
}
