using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Export.Otlp;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export.Otlp;

/// <summary>Requests are read by the official definitions.</summary>
public sealed class OtlpEncoderTests
{
    private const string Uid = "1b2c3d4e-0000-1111-2222-333344445555";
    private static readonly string Id = new('a', 64);

    /// <summary>What is sent of these series.</summary>
    internal static List<OtlpRequest> Encode(MetricLabel[] labels, int maxSeries, Places places, params SeriesSample[] samples)
    {
        SeriesTable table = new(new IdentityLabels(labels, places: places), maxSeries);
        table.Update(samples);
        return new OtlpEncoder(new OtlpResources(labels, places), started: 1_000).Encode(table, now: 2_000);
    }

    private static Process InPod(uint pid) => new(new ProcessKey(1, pid, 0), "nginx", 0) { Executable = "/usr/sbin/nginx", Where = new Ipcscope.Enrich.Cgroup($"/kubepods/pod{Uid}/{Id}") };

    [Fact]
    public void A_resource_has_the_conventions_names()
    {
        var pods = new PodTable(TimeProvider.System);
        pods.Set(new Pod(Uid, "web-1", "shop", "web", new Dictionary<string, string> { [Id] = "nginx" }));
        MetricLabel[] all = [.. Enum.GetValues<MetricLabel>()];
        OtlpRequest request = Assert.Single(Encode(all, 100, new Places(pods, "node-1"), Samples.Series(InPod(7), 3)));
        ProtoText resource = ProtoText.Decode(request.Message).One("resource_metrics").One("resource");
        Assert.Equal(
            [
                "service.name=ipcscope", $"host.name={Environment.MachineName}", "process.executable.name=nginx", "process.pid=7",
                "process.executable.path=/usr/sbin/nginx", "k8s.container.name=nginx", "k8s.pod.name=web-1", "k8s.namespace.name=shop",
                "k8s.workload.name=web", "k8s.node.name=node-1", $"process.linux.cgroup=/kubepods/pod{Uid}/{Id}", $"container.id={Id}", $"k8s.pod.uid={Uid}",
            ],
            resource.Attributes);
    }

    [Fact]
    public void Counts_and_buckets_arrive_as_they_are()
    {
        SeriesSample write = Samples.Series(Samples.Process("sh", 7), 3).Failing(new ErrorCount(32, 2));
        OtlpRequest request = Assert.Single(Encode([MetricLabel.Process], 100, Places.OfIds, write));
        ProtoText scope = ProtoText.Decode(request.Message).One("resource_metrics").One("scope_metrics");
        Assert.Equal("ipcscope", scope.One("scope").Value("name"));
        Dictionary<string, ProtoText> metrics = scope.All("metrics").ToDictionary(metric => metric.Value("name"));
        Assert.Equal(["ipc.bytes", "ipc.errors", "ipc.operation.duration", "ipc.operations", "ipc.wait"], metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(request.Points, metrics.Values.Sum(metric => (metric.All("sum").SingleOrDefault() ?? metric.One("histogram")).All("data_points").Count()));
        ProtoText sum = metrics["ipc.operations"].One("sum");
        Assert.Equal(("AGGREGATION_TEMPORALITY_CUMULATIVE", "true"), (sum.Value("aggregation_temporality"), sum.Value("is_monotonic")));
        ProtoText point = sum.One("data_points");
        Assert.Equal(("1000", "2000", "5"), (point.Value("start_time_unix_nano"), point.Value("time_unix_nano"), point.Value("as_int")));
        Assert.Equal(["ipc.mechanism=pipe", "ipc.operation=write", "network.transport=pipe"], point.Attributes);
        Assert.Equal("192", metrics["ipc.bytes"].One("sum").One("data_points").Value("as_int"));
        Assert.Equal("error.type=EPIPE", metrics["ipc.errors"].One("sum").One("data_points").Attributes.Last());
        ProtoText histogram = metrics["ipc.operation.duration"].One("histogram").One("data_points");
        Assert.Equal(("3", "0.003"), (histogram.Value("count"), histogram.Value("sum")));
        string[] buckets = [.. histogram.Values("bucket_counts")], bounds = [.. histogram.Values("explicit_bounds")];
        Assert.Equal(bounds.Length + 1, buckets.Length);
        // 1 ms lies below 2^-9 s.
        Assert.Equal("3", buckets[Array.IndexOf(bounds, "0.001953125")]);
        Assert.Equal(3, buckets.Sum(bucket => int.Parse(bucket, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_is_folded_is_other_and_sums_are_exact()
    {
        OtlpRequest request = Assert.Single(Encode(
            [MetricLabel.Process, MetricLabel.Pid, MetricLabel.Container], 1, Places.OfIds,
            [.. Enumerable.Range(1, 5).Select(pid => Samples.Series(Samples.Process("sh", (uint)pid), (ulong)pid))]));
        ProtoText[] resources = [.. ProtoText.Decode(request.Message).All("resource_metrics")];
        string[] points = [.. resources.SelectMany(each => each.One("scope_metrics").All("metrics").Where(metric => metric.Value("name") == "ipc.operations"))
            .SelectMany(metric => metric.One("sum").All("data_points")).Select(point => point.Value("as_int"))];
        Assert.Equal(15, points.Sum(point => int.Parse(point, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains(resources, each => each.One("resource").Attributes.Contains("process.pid=other"));
    }

    [Fact]
    public void Much_is_sent_in_requests_that_a_receiver_takes()
    {
        List<OtlpRequest> requests = Encode([MetricLabel.Process, MetricLabel.Pid], 10000, Places.OfIds,
            [.. Enumerable.Range(1, 5000).Select(pid => Samples.Series(Samples.Process("sh", (uint)pid), 1))]);
        Assert.InRange(requests.Max(request => request.Message.Length), OtlpEncoder.Enough, 4 << 20);
        Assert.Equal(5000, requests.Sum(request => ProtoText.Decode(request.Message).All("resource_metrics").Count()));
    }
}
