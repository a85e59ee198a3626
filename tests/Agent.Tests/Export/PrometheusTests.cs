using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;
using Process = Ipcscope.Flows.Process;
using SystemProcess = System.Diagnostics.Process;

namespace Ipcscope.Tests.Export;

/// <summary>The page before Prometheus itself. Needs the Debian package <c>prometheus</c>; without it these tests fail.</summary>
[Collection(MetricsServerCollection.Name)]
public sealed class PrometheusTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipcscope-prometheus-");
    private readonly FakeFlows _source = new();

    public PrometheusTests()
    {
        Process writer = Samples.Process("a \"quoted\"\\name", 4312);
        SeriesSample sample = Samples.Series(writer, 3).Failing(new ErrorCount(32, 2));
        sample.Counters.Untimed = 1;
        sample.Counters.WaitNs = 2_500_000;
        _source.Set(
            sample, Samples.Series(writer, 4, Mechanism.Udp, Operation.Receive),
            Samples.Series(writer, 6, Mechanism.Signal, Operation.Send) with { Via = Via.Kernel, Detail = (byte)SignalFate.Coalesced });
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Promtool_has_no_complaint()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        string page = await server.ScrapeAsync();
        using SystemProcess promtool = SystemProcess.Start(
            new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        string complaints = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        Assert.Equal("", complaints);
        Assert.Equal(0, promtool.ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prometheus_scrapes_what_was_counted(bool openMetrics)
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source, new MetricsOptions { OpenMetrics = openMetrics });
        int port = FreePort();
        using SystemProcess prometheus = StartPrometheus(server.Address, port);
        try
        {
            using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.Equal("5", await QueryAsync(client, """ipc_operations_total{process="a \"quoted\"\\name",pid="4312",mechanism="pipe",operation="write"}"""));
            Assert.Equal("2", await QueryAsync(client, """ipc_errors_total{error="EPIPE"}"""));
            Assert.Equal("0.0025", await QueryAsync(client, """ipc_wait_seconds_total{reason="full"}"""));
            Assert.Equal("6", await QueryAsync(client, """ipc_operations_total{mechanism="signal",via="kernel",detail="coalesced"}"""));
            Assert.Equal("0.004", await QueryAsync(client, """ipc_operation_duration_seconds_sum{mechanism="udp"}"""));
            Assert.Equal("4", await QueryAsync(client, """ipc_operation_duration_seconds_bucket{mechanism="udp",le="0.001953125"}"""));
            Assert.Equal("28", await QueryAsync(client, """count(ipc_operation_duration_seconds_bucket{mechanism="udp"})"""));
            Assert.Equal("1", await QueryAsync(client, """target_info{service_name="ipcscope"}"""));
            Assert.Equal("counter", await TypeAsync(client, openMetrics ? "ipc_operations" : "ipc_operations_total"));
            Assert.Equal("histogram", await TypeAsync(client, "ipc_operation_duration_seconds"));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private SystemProcess StartPrometheus(Uri target, int port)
    {
        string configuration = Path.Combine(_directory.FullName, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: ipcscope
                static_configs: [{ targets: ['{{target.Authority}}'] }]
            """);
        return SystemProcess.Start(new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_directory.FullName, "data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ]))!;
    }

    // Prometheus needs a moment to start and to scrape: the answer is awaited, and an empty one fails.
    private static async Task<string> QueryAsync(HttpClient client, string query)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60); await Task.Delay(100))
        {
            try
            {
                using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"));
                JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
                if (result.GetArrayLength() > 0)
                {
                    return Assert.Single(result.EnumerateArray()).GetProperty("value")[1].GetString()!;
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
        }
        return $"nothing for {query}";
    }

    private static async Task<string> TypeAsync(HttpClient client, string family)
    {
        using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/metadata?metric={family}"));
        return answer.RootElement.GetProperty("data").GetProperty(family)[0].GetProperty("type").GetString()!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
