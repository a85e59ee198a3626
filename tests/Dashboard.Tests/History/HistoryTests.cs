using System.Globalization;
using System.Text.Json;
using Ipcscope.Dashboard.Config;
using Ipcscope.Dashboard.Tests.Fake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.History;

/// <summary>What was.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_dashboard_remembers_by_itself()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 2));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        // Two busy channels: one and two operations a second.
        JsonElement history = await dashboard.UntilAsync("/api/v1/history?metric=operations", answer => answer.GetProperty("series").EnumerateArray()
            .Any(series => series.GetProperty("points").EnumerateArray().Any(point => point[1].GetDouble() == 3)));
        Assert.Equal("memory", history.GetProperty("source").GetString());
        Assert.Equal("pipe", history.GetProperty("series")[0].GetProperty("labels").GetProperty("mechanism").GetString());
        await dashboard.UntilAsync("/api/v1/heatmap?mechanism=pipe", answer => answer.GetProperty("columns").EnumerateArray()
            .Any(column => column.GetProperty("counts").EnumerateArray().Select(static count => count.GetInt64()).SequenceEqual([90L, 9, 1, 0])));
    }

    [Fact]
    public async Task Prometheus_is_asked_with_quoted_values()
    {
        string? asked = null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication prometheus = builder.Build();
        prometheus.Run(context =>
        {
            asked = context.Request.Query["query"];
            return context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"mechanism":"pipe"},"values":[[100,"1.5"],[115,"NaN"]]}]}}""");
        });
        await prometheus.StartAsync();
        await using Dashboard dashboard = await StartAsync(With("127.0.0.1:1") with { Prometheus = new PrometheusOptions { Address = prometheus.Urls.First() } });
        JsonElement history = await dashboard.GetAsync("/api/v1/history?metric=wait&mechanism=a%22%7D%5C&from=100&to=160&step=15");
        Assert.Equal("sum by (mechanism) (rate(ipc_wait_seconds_total{reason!=\"empty\",mechanism=\"a\\\"}\\\\\"}[60s]))", asked);
        Assert.Equal(asked, history.GetProperty("promql").GetString());
        Assert.Equal(("prometheus", "[[100,1.5],[115,null]]"),
            (history.GetProperty("source").GetString(), history.GetProperty("series")[0].GetProperty("points").ToString().Replace(" ", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("metric=what")]
    [InlineData("from=200&to=100")]
    [InlineData("from=0&to=100000&step=1")]
    public async Task What_makes_no_sense_is_refused(string query)
    {
        await using Dashboard dashboard = await StartAsync(With("127.0.0.1:1"));
        using HttpResponseMessage response = await dashboard.Browser.GetAsync(new Uri($"/api/v1/history?{query}", UriKind.Relative));
        Assert.Equal("400 application/problem+json", string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.Content.Headers.ContentType}"));
    }
}
