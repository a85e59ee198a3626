using System.IO.Compression;
using System.Net;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

[Collection(MetricsServerCollection.Name)]
public class MetricsPageTests
{
    private const string PrometheusAccept =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private readonly FakeFlows _source = new();

    public MetricsPageTests()
    {
        Process writer = Samples.Process("producer", 4312);
        Process reader = Samples.Process("redis", 981, start: 2);
        SeriesSample receive = Samples.Series(reader, 2, Mechanism.Unix, Operation.Receive);
        receive.Counters.WouldBlock = 7;
        receive.Counters.Truncated = 1;
        receive.Counters.Interrupted = 1;
        receive.Counters.Untimed = 1;
        receive.Counters.WaitNs = 1_500_000;
        receive.Counters.Delivery[15] = 128;
        receive.Counters.DeliveryTime = 125_000; // units of 1024 ns
        receive.Counters.Turnaround[16] = 2;
        receive.Counters.TurnaroundNs = 3_000_000;
        _source.Set(
            Samples.Series(writer, 3).Failing(new ErrorCount(32, 2), new ErrorCount(0, 1), new ErrorCount(524, 1)),
            receive.Failing(new ErrorCount(104, 5)),
            Samples.Series(writer, 1, Mechanism.Tcp, Operation.Connect));
        _source.SetFlows(
            Samples.Flow(writer, 10), Samples.Flow(reader, 10, operation: Operation.Read), Samples.Flow(reader, 11, Mechanism.Unix, Operation.Receive),
            Samples.Flow(writer, 12, Mechanism.Unix, Operation.Send), Samples.Flow(writer, 13, Mechanism.Tcp, Operation.Connect));
    }

    [Fact]
    public async Task A_small_table_gives_exactly_this_page()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        string page = await server.ScrapeAsync();
        string ipc = page[page.IndexOf("# HELP ipc_", StringComparison.Ordinal)..];
        string[] lines = [.. ipc.Split('\n').Where(static line => !line.Contains(",le=\"", StringComparison.Ordinal))];
        Assert.Equal(ExpectedPage.Lines.Split('\n'), lines);
    }

    [Fact]
    public async Task Edges_stand_on_the_page_and_in_its_budget()
    {
        var scene = new Edges.EdgeScene();
        Channel pipe = scene.Channel(Mechanism.Pipe);
        Process a = Edges.EdgeScene.Process("a"), b = Edges.EdgeScene.Process("b");
        scene.Journal.Do(a, pipe, Operation.Write, 3, 192);
        scene.Journal.Do(b, pipe, Operation.Read, 1, 192);
        scene.Interval();
        await using MetricsServer server = await MetricsServer.StartAsync(_source, edges: scene.Table);
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(3, page.Value("ipc_edge_operations_total", ("source_process", "a"), ("source_pid", $"{a.Key.Pid}"), ("destination_process", "b"), ("mechanism", "pipe")));
        Assert.Equal(192, page.Value("ipc_edge_bytes_total", ("source_process", "a"), ("destination_pid", $"{b.Key.Pid}"), ("mechanism", "pipe")));
        await server.ScrapeAsync();
        Assert.Equal(4, Exposition.Parse(await server.ScrapeAsync()).Value("ipcscope_series"));
    }

    [Fact]
    public async Task Families_have_lines_only_where_they_apply()
    {
        Process process = Samples.Process("a", 1);
        _source.Set([.. Enum.GetValues<Mechanism>().Skip(1).SelectMany(mechanism => Enum.GetValues<Operation>().Skip(1).Select(operation =>
            Samples.Series(process, 1, mechanism, operation)))]);
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(["read", "receive", "send", "sync", "write"], Operations("ipc_bytes_total"));
        Assert.Equal(["receive"], Operations("ipc_truncated_total"));
        Assert.Equal(["netlink", "udp", "unix", "vsock"], Values("ipc_truncated_total", "mechanism"));
        Assert.Equal(["accept", "connect", "peek", "read", "receive", "send", "wait", "write"], Operations("ipc_wait_seconds_total"));
        Assert.DoesNotContain(
            page.Samples, line => line.Name == "ipc_wait_seconds_total" && line.Labels["mechanism"] == "signal" && line.Labels["operation"] == "send");
        string[] timed = Operations("ipc_operation_duration_seconds_count");
        Assert.Equal(Words.Operations.Skip(1).Except(["pass", "take"]).Order(StringComparer.Ordinal), timed);

        string[] Operations(string family) => Values(family, "operation");
        string[] Values(string family, string label) =>
            [.. page.Samples.Where(line => line.Name == family).Select(line => line.Labels[label]).Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Buckets_are_cumulative_and_begin_below_a_microsecond()
    {
        SeriesSample sample = Samples.Series(Samples.Process("a", 1), 0);
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            sample.Counters.Duration[i] = (ulong)i + 1;
        }
        sample.Counters.DurationNs = 12_345_678_900;
        _source.Set(sample);
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        (string Le, double Value)[] buckets =
            [.. page.Samples.Where(static line => line.Name.EndsWith("_bucket", StringComparison.Ordinal)).Select(static line => (line.Labels["le"], line.Value))];
        Assert.Equal(28, buckets.Length);
        Assert.Equal(("9.5367431640625e-07", 15), buckets[0]);
        Assert.Equal(("1.9073486328125e-06", 21), buckets[1]);
        Assert.Equal(("0.0001220703125", 78), buckets[7]);
        Assert.Equal(("1.0", 325), buckets[20]);
        Assert.Equal(("64.0", 496), buckets[26]);
        Assert.Equal(("+Inf", 528), buckets[27]);
        Assert.EndsWith("} 12.3456789", page.Samples.Single(static line => line.Name.EndsWith("_sum", StringComparison.Ordinal)).Line, StringComparison.Ordinal);
        Assert.Equal(528, page.Value("ipc_operation_duration_seconds_count"));
    }

    [Fact]
    public async Task The_answer_is_text_even_if_OpenMetrics_is_asked_for()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        using HttpResponseMessage response = await server.GetAsync("/metrics", PrometheusAccept);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string page = await response.Content.ReadAsStringAsync();
        Exposition.Parse(page);
        Assert.DoesNotContain("EOF", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrometheusAccept, "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text;version=0.0.1", "application/openmetrics-text; version=0.0.1; charset=utf-8")]
    public async Task OpenMetrics_is_answered_if_configured_and_asked_for(string accept, string type)
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source, new MetricsOptions { OpenMetrics = true });
        using HttpResponseMessage response = await server.GetAsync("/metrics", accept);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        string text = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), "# EOF");
        Exposition page = Exposition.Parse(text, openMetrics: true);
        Assert.Equal("counter", page.Types["ipc_operations"]);
        Assert.Equal(8, page.Value("ipc_operations_total", ("mechanism", "unix")));
        // A change of format changes no series.
        Exposition plain = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(Ipc(plain), Ipc(page));

        static IEnumerable<string> Ipc(Exposition page) =>
            page.Samples.Where(static line => line.Name.StartsWith("ipc_", StringComparison.Ordinal)).Select(static line => line.SeriesText);
    }

    [Fact]
    public async Task Gzip_is_applied_once_to_the_whole_page()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        using HttpResponseMessage response = await server.GetAsync("/metrics", encoding: "gzip, deflate");
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        await using GZipStream plain = new(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using StreamReader reader = new(plain);
        Exposition page = Exposition.Parse(await reader.ReadToEndAsync());
        Assert.Equal(7, page.Value("ipc_operations_total", ("operation", "write")));
        Assert.Equal(16384, page.Value("ipcscope_flows_limit"));
    }

    [Theory]
    [InlineData("gzip;q=0")]
    [InlineData("identity")]
    public async Task Nothing_is_compressed_that_need_not_be(string encoding)
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        using HttpResponseMessage response = await server.GetAsync("/metrics", encoding: encoding);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Exposition.Parse(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Other_methods_and_paths_are_refused()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        using HttpResponseMessage head = await server.GetAsync("/metrics", method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", head.Content.Headers.ContentType!.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage post = await server.GetAsync("/metrics", method: HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow);
        foreach (string path in new[] { "/", "/metrics/more", "/metric" })
        {
            using HttpResponseMessage missing = await server.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task Every_scrape_is_fresh_and_a_series_is_gone_with_its_flow()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        await server.ScrapeAsync();
        _source.Set(Samples.Series(Samples.Process("late", 5), 9));
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        ExpositionSample line = Assert.Single(page.Samples, static sample => sample.Name == "ipc_operations_total");
        Assert.Equal("late", line.Labels["process"]);
        Assert.Equal(9, line.Value);
    }

    [Fact]
    public async Task Scrapes_at_the_same_time_are_each_whole_and_of_one_snapshot()
    {
        Process process = Samples.Process("busy", 1);
        _source.Set(Samples.Series(process, 1));
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        using CancellationTokenSource done = new();
        Task growing = Task.Run(async () =>
        {
            for (ulong calls = 2; !done.IsCancellationRequested; calls++)
            {
                _source.Set(Samples.Series(process, calls));
                await Task.Yield();
            }
        });
        string[][] pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            string[] own = new string[20];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = await server.ScrapeAsync();
            }
            return own;
        }));
        await done.CancelAsync();
        await growing;
        foreach (string[] own in pages)
        {
            double before = 0;
            foreach (Exposition page in own.Select(static text => Exposition.Parse(text)))
            {
                double operations = page.Value("ipc_operations_total");
                Assert.Equal(operations * 64, page.Value("ipc_bytes_total"));
                Assert.Equal(operations, page.Value("ipc_operation_duration_seconds_count"));
                Assert.True(operations >= before);
                before = operations;
            }
        }
    }
}
