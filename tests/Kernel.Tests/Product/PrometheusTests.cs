using System.Diagnostics;
using System.Text.Json;
using Ipcscope.KernelTests.Programs;

namespace Ipcscope.KernelTests.Product;

/// <summary>A real Prometheus scrapes the agent.</summary>
[Collection(nameof(ProductGroup))]
public sealed class PrometheusTests : IDisposable
{
    private static readonly HttpClient Http = new();

    private readonly RunningAgent _agent = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-prometheus").FullName;
    private readonly int _port = Loopback.FreePort();
    private readonly Process _prometheus;

    public PrometheusTests()
    {
        File.WriteAllText($"{_folder}/prometheus.yml", $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs: [ { job_name: ipcscope, static_configs: [ { targets: [ "127.0.0.1:{{_agent.Port}}" ] } ] } ]
            """);
        _prometheus = Process.Start(new ProcessStartInfo("prometheus", [
            $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address=127.0.0.1:{_port}", "--log.level=error"])
        {
            WorkingDirectory = _folder,
        })!;
    }

    public void Dispose()
    {
        _prometheus.Kill();
        _prometheus.WaitForExit();
        _prometheus.Dispose();
        _agent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void ItKnowsWhatThePageSays()
    {
        SortedDictionary<string, Figures> truth = Workloads.Perform("pipe/readwrite", "unix-stream/epipe");
        string mine = $"process=\"{Workload.ProcessName}\"";
        // It looks for its targets every five seconds: only then it begins.
        Assert.Equal(1, Eventually.Get(() => Answer("up"), up => up.Equals(1.0), TimeSpan.FromSeconds(20)));
        AssertAnswer(truth.Count, $"count(ipc_operations_total{{{mine}}})");
        AssertAnswer(truth.Values.Sum(figures => (double)figures.Operations), $"sum(ipc_operations_total{{{mine}}})");
        AssertAnswer(truth.Values.Sum(figures => (double)figures.Bytes), $"sum(ipc_bytes_total{{{mine}}})");
        AssertAnswer(truth.Values.Sum(figures => (double)figures.Operations), $"sum(ipc_operation_duration_seconds_count{{{mine}}})");
        MetricsPage page = _agent.Scrape();
        AssertAnswer(
            page.Named("ipc_errors_total").Where(sample => sample["process"] == Workload.ProcessName).Sum(sample => sample.Value),
            $"sum(ipc_errors_total{{{mine}}})");
        AssertAnswer(page.Named("ipcscope_flows_limit").Single().Value, "ipcscope_flows_limit");
        double median = Answer($"histogram_quantile(0.5, sum by (le) (ipc_operation_duration_seconds_bucket{{{mine}}}))");
        Assert.InRange(median, 1e-8, 1);
    }

    // It scrapes each second: what it has may be a second old.
    private void AssertAnswer(double expected, string query) =>
        Assert.Equal(expected, Eventually.Get(() => Answer(query), answer => answer.Equals(expected)));

    private double Answer(string query)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(
                Http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/query?query={Uri.EscapeDataString(query)}")).GetAwaiter().GetResult());
            JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? double.NaN : double.Parse(result[0].GetProperty("value")[1].GetString()!);
        }
        catch (HttpRequestException)
        {
            return double.NaN; // it is about to start
        }
    }
}
