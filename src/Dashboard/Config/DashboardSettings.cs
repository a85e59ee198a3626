using System.Net;
using Ipcscope.Config;
using Ipcscope.Dashboard.Agents;
using static Ipcscope.Config.SettingForms<Ipcscope.Dashboard.Config.DashboardOptions>;

namespace Ipcscope.Dashboard.Config;

/// <summary>All keys: what is not here is unknown.</summary>
internal static class DashboardSettings
{
    private const int MostAgents = 1_000;

    public static IReadOnlyList<Setting<DashboardOptions>> All { get; } =
    [
        new()
        {
            Key = "listen",
            Form = SettingForm.Text,
            Allowed = "an address and a port, such as 127.0.0.1:9466, \"[::1]:9466\" or localhost:9466",
            TryAssign = (string value, ref DashboardOptions options) =>
            {
                bool allowed = ListenAddress.TryParse(value, out ListenAddress? address);
                options = address is null ? options : options with { Listen = address };
                return allowed;
            },
        },
        Items<AgentAddress>("agents", "a list of addresses: host:port, https://host:port, or dns:name:port for all that a name resolves to, each once",
            AgentAddress.TryParse, o => o.Agents, (o, agents) => o with { Agents = agents }),
        FilePath("agentTokenFile", (o, path) => o with { AgentTokenFile = path }),
        FilePath("agentTls.caFile", (o, path) => o with { AgentTls = o.AgentTls with { CaFile = path } }),
        FilePath("agentTls.certificateFile", (o, path) => o with { AgentTls = o.AgentTls with { CertificateFile = path } }),
        FilePath("agentTls.keyFile", (o, path) => o with { AgentTls = o.AgentTls with { KeyFile = path } }),
        Duration("staleAfter", "1s", "10m", (o, after) => o with { StaleAfter = after }),
        Duration("goneAfter", "1s", "24h", (o, after) => o with { GoneAfter = after }),
        FilePath("tokenFile", (o, path) => o with { TokenFile = path }),
        Items("hosts", "a list of names, such as ipcscope.example.org, each once",
            static (string text, out string? name) => (name = Uri.CheckHostName(text) == UriHostNameType.Dns ? text : null) is not null,
            o => o.Hosts, (o, hosts) => o with { Hosts = hosts }),
        Text("proxy.header", "the name of a header, such as X-Forwarded-User; '' is none", static value => value.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'),
            (o, header) => o with { Proxy = o.Proxy with { Header = header } }),
        Items<IPNetwork>("proxy.addresses", "a list of addresses or networks, such as 10.0.0.5 or 10.0.0.0/8, each once",
            TryParseNetwork, o => o.Proxy.Addresses, (o, addresses) => o with { Proxy = o.Proxy with { Addresses = addresses } }),
        FilePath("tls.certificateFile", (o, path) => o with { Tls = o.Tls with { CertificateFile = path } }),
        FilePath("tls.keyFile", (o, path) => o with { Tls = o.Tls with { KeyFile = path } }),
        Text("prometheus.address", "a URL, such as http://127.0.0.1:9090; '' asks none",
            static value => value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0),
            (o, address) => o with { Prometheus = o.Prometheus with { Address = address } }),
        FilePath("prometheus.tokenFile", (o, path) => o with { Prometheus = o.Prometheus with { TokenFile = path } }),
        Choice("log.level",
            [
                ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("information", LogLevel.Information),
                ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("critical", LogLevel.Critical),
            ],
            (o, level) => o with { Log = o.Log with { Level = level } }),
        Choice("log.format", [("text", LogFormat.Text), ("json", LogFormat.Json)], (o, format) => o with { Log = o.Log with { Format = format } }),
    ];

    private delegate bool Parse<T>(string text, out T? item);

    private static Setting<DashboardOptions> Items<T>(
        string key, string allowed, Parse<T> parse, Func<DashboardOptions, IReadOnlyList<T>> read, Func<DashboardOptions, IReadOnlyList<T>, DashboardOptions> with) => new()
        {
            Key = key,
            Form = SettingForm.List,
            Allowed = allowed,
            Clear = options => with(options, []),
            TryAssign = (string value, ref DashboardOptions options) =>
            {
                if (read(options).Count >= MostAgents || !parse(value, out T? item) || read(options).Contains(item!))
                {
                    return false;
                }
                options = with(options, [.. read(options), item!]);
                return true;
            },
        };

    private static Setting<DashboardOptions> FilePath(string key, Func<DashboardOptions, string, DashboardOptions> with) => Text(
        key, "the path of a file from /, or '' for none", static value => value is "" or ['/', ..] && !value.Contains('\0', StringComparison.Ordinal), with);

    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (!text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out IPAddress? address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }
}
