using System.Text.Json;
using Ipcscope.Dashboard.Tests.Fake;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Fleet;

/// <summary>Agents that come, go and lag.</summary>
public sealed class FleetTests
{
    [Fact]
    public async Task Two_agents_are_one_fleet()
    {
        await using FakeAgent a = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        await using FakeAgent b = await FakeAgent.StartAsync(new FakeWorld("b", 2, 1));
        await using Dashboard dashboard = await StartAsync(With(a.Address, b.Address));
        JsonElement channels = await dashboard.UntilAsync("/api/v1/channels?sort=name", answer => answer.GetProperty("total").GetInt32() == 5);
        Assert.Equal(["a/c0", "b/c0", "a/c1", "b/c1", "a/c2"], Items(channels).Select(item => item.GetProperty("id").GetString()));
        JsonElement first = Items(channels).First();
        Assert.Equal("a", first.GetProperty("agent").GetString());
        Assert.Equal(["a/1000-77", "a/1001-77"], first.GetProperty("endpoints").EnumerateArray().Select(end => end.GetProperty("process_id").GetString()));
        a.Tick();
        await dashboard.UntilAsync("/api/v1/channels", answer => Items(answer).Any(
            item => item.GetProperty("id").GetString() == "a/c0" && item.GetProperty("operations_per_second").GetInt32() == 2));
    }

    [Fact]
    public async Task An_agent_that_falls_silent_is_stale_then_gone_and_comes_back()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        await using Dashboard dashboard = await StartAsync(With(agent.Address) with { StaleAfter = TimeSpan.FromSeconds(1), GoneAfter = TimeSpan.FromSeconds(3) });
        await dashboard.UntilStateAsync("a", "live");
        await agent.StopAsync();
        JsonElement stale = await dashboard.UntilStateAsync("a", "stale");
        Assert.NotEqual("", Items(stale).Single().GetProperty("error").GetString());
        Assert.Equal(3, (await dashboard.GetAsync("/api/v1/channels")).GetProperty("total").GetInt32());
        await dashboard.UntilStateAsync("a", "gone");
        Assert.Equal(0, (await dashboard.GetAsync("/api/v1/channels")).GetProperty("total").GetInt32());
        await agent.StartAsync();
        await dashboard.UntilStateAsync("a", "live");
        Assert.Equal(3, (await dashboard.GetAsync("/api/v1/channels")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_name_stands_for_all_that_it_resolves_to()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        await using Dashboard dashboard = await StartAsync(With($"dns:localhost:{agent.Port}"));
        await dashboard.UntilStateAsync("a", "live");
    }

    [Fact]
    public async Task A_wrong_token_is_told()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        agent.Token = "0123456789abcdef";
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        JsonElement agents = await dashboard.UntilAsync("/api/v1/agents", answer => Items(answer).Single().TryGetProperty("error", out _));
        Assert.Contains("agentTokenFile", Items(agents).Single().GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("connecting", Items(agents).Single().GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_stream_begins_with_everything_and_goes_on_with_what_differs()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        await dashboard.UntilStateAsync("a", "live");
        using var events = new StreamReader(await dashboard.Browser.GetStreamAsync(new Uri("/api/v1/stream", UriKind.Relative)));
        Assert.Equal("event: snapshot", await events.ReadLineAsync());
        Assert.Equal(3, Set(await ReadAsync(events)).Length);
        // The first delta may tell the snapshot's items once more.
        while ((await NextAsync(events)).Length > 0)
        {
        }
        agent.Tick();
        string[] told;
        do
        {
            told = await NextAsync(events);
        }
        while (told.Length == 0);
        Assert.Equal(["a/c0"], told);
    }

    [Fact]
    public async Task Through_a_filter_the_stream_has_what_agents_let_through_and_only_while_somebody_looks()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 2));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        await dashboard.UntilStateAsync("a", "live");
        using (var events = new StreamReader(await dashboard.Browser.GetStreamAsync(new Uri("/api/v1/stream?filter=pid%3D1000", UriKind.Relative))))
        {
            JsonElement told = await ReadEventAsync(events);
            while (Set(told).Length == 0 || Operations(told) < 2)
            {
                Assert.DoesNotContain(Set(told), static id => id != "a/c0");
                agent.Tick();
                told = await ReadEventAsync(events);
            }
            Assert.Equal(1, agent.FilteredReaders);
        }
        DateTime end = DateTime.UtcNow.AddSeconds(20);
        while (agent.FilteredReaders > 0)
        {
            Assert.True(DateTime.UtcNow < end);
            await Task.Delay(20);
        }
        Assert.Equal(1, agent.Readers);
        using HttpResponseMessage bad = await dashboard.Browser.GetAsync(new Uri("/api/v1/stream?filter=bad", UriKind.Relative));
        Assert.Equal(400, (int)bad.StatusCode);
    }

    [Fact]
    public async Task Through_a_filter_the_first_event_names_the_agents_that_are_waited_for()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 2));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        await dashboard.UntilStateAsync("a", "live");
        for (int i = 0; i < 10; i++)
        {
            using var events = new StreamReader(await dashboard.Browser.GetStreamAsync(new Uri($"/api/v1/stream?filter=pid%3D{i}", UriKind.Relative)));
            Assert.NotEmpty((await ReadEventAsync(events)).GetProperty("agents").GetProperty("set").EnumerateArray());
        }
    }

    [Fact]
    public async Task Single_operations_are_passed_on()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 1, 1));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        await dashboard.UntilStateAsync("a", "live");
        using HttpResponseMessage operations = await dashboard.Browser.GetAsync(new Uri("/api/v1/operations?agent=a&filter=mechanism%3Dpipe&limit=1&more=x", UriKind.Relative));
        Assert.Equal("text/event-stream", operations.Content.Headers.ContentType!.MediaType);
        Assert.Equal("data: {\"schema\":1,\"operation\":\"write\"}\n\nevent: end\ndata: {}\n\n", await operations.Content.ReadAsStringAsync());
        Assert.Equal("/api/v1/operations?filter=mechanism%3Dpipe&limit=1", Assert.Single(agent.Asked));
        using HttpResponseMessage none = await dashboard.Browser.GetAsync(new Uri("/api/v1/operations?agent=b", UriKind.Relative));
        Assert.Equal(404, (int)none.StatusCode);
    }

    private static async Task<JsonElement> ReadEventAsync(StreamReader events)
    {
        Assert.StartsWith("event: ", await events.ReadLineAsync(), StringComparison.Ordinal);
        return await ReadAsync(events);
    }

    private static int Operations(JsonElement message) => message.GetProperty("channels").GetProperty("set")[0].GetProperty("operations_per_second").GetInt32();

    private static async Task<string[]> NextAsync(StreamReader events)
    {
        Assert.Equal("event: delta", await events.ReadLineAsync());
        return Set(await ReadAsync(events));
    }

    [Fact]
    public async Task Details_and_filters_are_asked_of_the_agent()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 3, 1));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        await dashboard.UntilStateAsync("a", "live");
        Assert.Equal("a/1000-77", (await dashboard.GetAsync("/api/v1/channels/a/c0")).GetProperty("flows")[0].GetProperty("process_id").GetString());
        Assert.Equal(2, (await dashboard.GetAsync("/api/v1/channels?filter=pid%3D1")).GetProperty("total").GetInt32());
        using HttpResponseMessage bad = await dashboard.Browser.GetAsync(new Uri("/api/v1/channels?filter=bad", UriKind.Relative));
        Assert.Equal(400, (int)bad.StatusCode);
        using HttpResponseMessage none = await dashboard.Browser.GetAsync(new Uri("/api/v1/channels/other/c0", UriKind.Relative));
        Assert.Equal(404, (int)none.StatusCode);
        Assert.Equal("a/shm-5", Items(await dashboard.GetAsync("/api/v1/objects")).Single().GetProperty("id").GetString());
        Assert.Equal("a/n0", (await dashboard.GetAsync("/api/v1/graph?group=name")).GetProperty("edges")[0].GetProperty("source").GetString());
    }

    private static async Task<JsonElement> ReadAsync(StreamReader events)
    {
        string data = (await events.ReadLineAsync())!;
        Assert.Equal("", await events.ReadLineAsync());
        using var json = JsonDocument.Parse(data["data: ".Length..]);
        return json.RootElement.Clone();
    }

    private static string[] Set(JsonElement message) =>
        [.. message.GetProperty("channels").GetProperty("set").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
