using System.Text.Json;
using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;
using Ipcscope.ChartTests.Rules;

namespace Ipcscope.ChartTests.Live;

/// <summary>A node without Kubernetes: the agent with the chart's settings and the chart's capabilities, a workload, and a Prometheus with the chart's rules.</summary>
public sealed class Cluster : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-cluster").FullName;
    private readonly int _port = Background.FreePort();
    private readonly Background _agent;
    private readonly Background _work;
    private readonly Background _prometheus;

    public Cluster()
    {
        int agent = Background.FreePort();
        string rendered = Chart.Render("default-values.yaml", "--set", $"names.source=none,listen.address=127.0.0.1,listen.port={agent}");
        File.WriteAllText($"{_folder}/token", Token);
        File.WriteAllText($"{_folder}/ipcscope.yaml", Chart.Settings(rendered).Replace("/run/secrets/ipcscope/token/token", $"{_folder}/token", StringComparison.Ordinal));
        JsonArray added = Chart.One(rendered, "DaemonSet")["spec"]!["template"]!["spec"]!["containers"]![0]!["securityContext"]!["capabilities"]!["add"]!.AsArray();
        string capabilities = string.Concat(added.Select(capability => $",+{capability!.GetValue<string>().ToLowerInvariant()}"));
        _agent = new("env", "IPCSCOPE_API_LISTEN=", "setpriv", $"--bounding-set=-all{capabilities}", "--inh-caps=-all", "--no-new-privs",
            Repository.Path("out/ipcscope"), "run", "--config", $"{_folder}/ipcscope.yaml");
        _agent.AwaitAnswer($"http://127.0.0.1:{agent}/readyz");
        _work = new("python3", Repository.Path("tests/Chart.Tests/Live/everything.py"));
        _work.Await(() => _work.Said.Contains("at work", StringComparison.Ordinal));

        // A minute of work instead of ten: rates of the last seconds.
        foreach (string path in RuleFiles.Paths)
        {
            File.WriteAllText($"{_folder}/{Path.GetFileName(path)}", File.ReadAllText(path).Replace("[5m]", "[10s]", StringComparison.Ordinal));
        }
        string rules = string.Join(", ", RuleFiles.Paths.Select(path => $"\"{_folder}/{Path.GetFileName(path)}\""));
        File.WriteAllText($"{_folder}/prometheus.yml", $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [ {{rules}} ]
            scrape_configs: [ { job_name: ipcscope, honor_labels: true, authorization: { credentials: {{Token}} }, static_configs: [ { targets: [ "127.0.0.1:{{agent}}" ] } ] } ]
            """);
        _prometheus = new("prometheus", $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address=127.0.0.1:{_port}", "--log.level=warn");
        _prometheus.AwaitAnswer($"http://127.0.0.1:{_port}/-/ready");
        // Rates want two scrapes, and rules on rules a second look.
        _prometheus.Await(() => Ask("node_mechanism_operation:ipc_operation_duration_seconds:p99_5m").Count > 0 && Ask("process:ipc_errors:rate5m").Count > 0);
    }

    /// <summary>What Prometheus answers; not a number is no answer.</summary>
    internal List<(IReadOnlyDictionary<string, string> Labels, double Value)> Ask(string expression)
    {
        using HttpResponseMessage answer = Http.GetAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/query?query={Uri.EscapeDataString(expression)}")).GetAwaiter().GetResult();
        string text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Assert.True(answer.IsSuccessStatusCode, $"{expression}\n{text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
            .Select(sample => (
                (IReadOnlyDictionary<string, string>)sample.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!),
                double.Parse(sample.GetProperty("value")[1].GetString()!.Replace("Inf", "∞", StringComparison.Ordinal))))
            .Where(sample => !double.IsNaN(sample.Item2))];
    }

    /// <summary>The same, once there is one.</summary>
    internal List<(IReadOnlyDictionary<string, string> Labels, double Value)> AwaitAnswer(string expression)
    {
        List<(IReadOnlyDictionary<string, string>, double)> answer = [];
        for (int tries = 0; tries < 40 && answer.Count == 0; tries++, Thread.Sleep(answer.Count == 0 ? 250 : 0))
        {
            answer = Ask(expression);
        }
        return answer;
    }

    public void Dispose()
    {
        _prometheus.Dispose();
        _work.Dispose();
        _agent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
