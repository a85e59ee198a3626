using System.Net;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Export;

namespace Ipcscope.Tests.Export;

[Collection(MetricsServerCollection.Name)]
public class SelfMetricsTests
{
    private readonly FakeFlows _source = new();

    [Fact]
    public async Task The_agents_own_families_have_exactly_these_names_and_types()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source, new MetricsOptions { ProgramTimes = true });
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(
            [
                "dotnet_gc_collections_total counter",
                "dotnet_gc_heap_total_allocated_bytes_total counter",
                "dotnet_gc_pause_time_seconds_total counter",
                "dotnet_process_memory_working_set_bytes gauge",
                "ipcscope_build_info gauge",
                "ipcscope_counted_total counter",
                "ipcscope_cpu_seconds_total counter",
                "ipcscope_flows gauge",
                "ipcscope_flows_limit gauge",
                "ipcscope_lost_total counter",
                "ipcscope_probe_attached gauge",
                "ipcscope_program_run_seconds_total counter",
                "ipcscope_program_runs_total counter",
                "ipcscope_program_skipped_total counter",
                "ipcscope_records_total counter",
                "ipcscope_ring_bytes gauge",
                "ipcscope_scrape_duration_seconds gauge",
                "ipcscope_seen_total counter",
                "ipcscope_series gauge",
                "ipcscope_series_folded_total counter",
                "ipcscope_series_limit gauge",
                "target_info gauge",
            ],
            page.Types
                .Where(static type => !type.Key.StartsWith("ipc_", StringComparison.Ordinal))
                .Select(static type => $"{type.Key} {type.Value}")
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(page.Samples, static sample => sample.Labels.ContainsKey("otel_scope_name"));
    }

    [Fact]
    public async Task Their_values_are_those_of_the_capture()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source, new MetricsOptions { MaxSeries = 50, ProgramTimes = true });
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(4, page.Value("ipcscope_lost_total", ("stage", "ring"), ("cause", "ring_full")));
        Assert.Equal(2, page.Value("ipcscope_lost_total", ("stage", "table"), ("cause", "flow_table_full"))); // of one moment with the stage
        Assert.Equal(10, page.Value("ipcscope_seen_total", ("stage", "table")));
        Assert.Equal(8, page.Value("ipcscope_counted_total", ("stage", "table")));
        Assert.Equal(2.25, page.Value("ipcscope_program_run_seconds_total", ("program", "sys_exit")));
        Assert.Equal(999, page.Value("ipcscope_program_runs_total", ("program", "sys_exit")));
        Assert.Equal(1, page.Value("ipcscope_program_skipped_total", ("program", "sys_exit")));
        Assert.Equal(1, page.Value("ipcscope_probe_attached", ("program", "sys_enter")));
        Assert.Equal(1 << 20, page.Value("ipcscope_ring_bytes"));
        Assert.Equal(77, page.Value("ipcscope_records_total"));
        Assert.Equal(50, page.Value("ipcscope_series_limit"));
        Assert.Equal(1, page.Value("ipcscope_build_info", ("version", "0.1.0")));
        Assert.Equal(1, page.Value("target_info", ("service_name", "ipcscope"), ("service_version", "0.1.0")));
        Assert.InRange(page.Value("ipcscope_cpu_seconds_total"), 0.001, 3600);
    }

    [Fact]
    public async Task What_was_folded_is_told_by_the_same_scrape()
    {
        _source.Set(
            Samples.Series(Samples.Process("a", 1), 5), Samples.Series(Samples.Process("b", 2), 3), Samples.Series(Samples.Process("c", 3), 1));
        await using MetricsServer server = await MetricsServer.StartAsync(_source, new MetricsOptions { MaxSeries = 2 });
        Exposition page = Exposition.Parse(await server.ScrapeAsync());
        Assert.Equal(2, page.Value("ipcscope_series_folded_total"));
        Assert.Equal(2, page.Value("ipcscope_series"));
        Assert.Equal(5, page.Value("ipc_operations_total", ("process", "a"), ("pid", "1")));
        Assert.Equal(4, page.Value("ipc_operations_total", ("process", "other"), ("pid", "other")));
    }

    [Fact]
    public async Task Alive_is_who_answers_and_ready_is_who_has_attached_everything()
    {
        await using MetricsServer server = await MetricsServer.StartAsync(_source);
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await Ask("/livez"));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await Ask("/readyz"));
        _source.Programs = [_source.Programs[0], _source.Programs[1] with { Attached = false }];
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: not attached: sys_exit\n"), await Ask("/readyz"));
        _source.Missing = [new MissingPart("signal", "no signals are counted", "cannot load it: EACCES", ["sys_exit"])];
        Assert.Equal((HttpStatusCode.OK, "ok\nwithout signal: no signals are counted (cannot load it: EACCES)\n"), await Ask("/readyz"));
        Assert.Equal(1, Exposition.Parse(await server.ScrapeAsync()).Value("ipcscope_missing", ("part", "signal")));
        _source.Programs = [];
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: no program is loaded\n"), await Ask("/readyz"));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await Ask("/livez"));

        async Task<(HttpStatusCode Status, string Text)> Ask(string path)
        {
            using HttpResponseMessage response = await server.GetAsync(path);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }
}
