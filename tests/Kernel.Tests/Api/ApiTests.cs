using System.Text.Json;
using Ipcscope.KernelTests.Product;
using Ipcscope.KernelTests.Waits;
using Ipcscope.Tests.Api;

namespace Ipcscope.KernelTests.Api;

/// <summary>The API of a real agent tells what really happens.</summary>
[Collection(nameof(ProductGroup))]
public sealed class ApiTests
{
    private const int Patience = 20_000;

    [Fact]
    public void Sums_are_the_truth_and_those_of_the_metrics()
    {
        using RunningAgent agent = new($"filter: process = {Workload.ProcessName}", api: "");
        using ApiClient api = new(agent);
        SortedDictionary<string, Figures> truth = Workloads.Perform("pipe/readwrite", "unix-stream/sendmsg", "pipe/epipe");
        ulong operations = truth.Values.Aggregate(0UL, (sum, figures) => sum + figures.Operations);
        ulong bytes = truth.Values.Aggregate(0UL, (sum, figures) => sum + figures.Bytes);
        JsonElement health = Eventually.Get(() => api.Read("/api/v1/health"), health => health.GetProperty("operations").GetUInt64() == operations);
        Assert.Equal((operations, bytes), (health.GetProperty("operations").GetUInt64(), health.GetProperty("written_bytes").GetUInt64() + health.GetProperty("read_bytes").GetUInt64()));
        MetricsPage page = agent.Scrape();
        Assert.Equal(page.Named("ipc_operations_total").Sum(sample => sample.Value), health.GetProperty("operations").GetDouble());
        Assert.Equal(page.Named("ipc_bytes_total").Sum(sample => sample.Value), health.GetProperty("written_bytes").GetDouble() + health.GetProperty("read_bytes").GetDouble());
        Assert.Equal(page.Named("ipc_errors_total").Where(sample => sample["error"] != "interrupted").Sum(sample => sample.Value), health.GetProperty("errors").GetDouble());
    }

    [Fact]
    public void Every_answer_is_as_the_description_says()
    {
        using RunningAgent agent = new(api: "");
        using ApiClient api = new(agent);
        using Talkers talkers = new();
        var check = new SchemaCheck(api.Read("/openapi/v1.json"));
        JsonElement[] channels = Eventually.Get(
            () => api.Items($"/api/v1/channels?filter=channel%20%3D%20%22pipe:[{talkers.Pipe}]%22"), channels => channels.Length == 1 && channels[0].GetProperty("operations_per_second").GetDouble() > 10);
        JsonElement channel = Assert.Single(channels);
        Assert.Equal(
            [talkers.Writer, talkers.Reader],
            ((string[])["write", "read"]).Select(direction => channel.GetProperty("endpoints").EnumerateArray().First(end => end.GetProperty("direction").GetString() == direction).GetProperty("pid").GetUInt32()));
        string process = channel.GetProperty("endpoints").EnumerateArray().First(end => end.GetProperty("pid").GetUInt32() == talkers.Writer).GetProperty("process_id").GetString()!;
        string id = channel.GetProperty("id").GetString()!;
        (string Path, string Described)[] pages =
        [
            ("/api/v1/health", "/api/v1/health"), ("/api/v1/channels", "/api/v1/channels"), ($"/api/v1/channels/{id}", "/api/v1/channels/{id}"), ("/api/v1/processes", "/api/v1/processes"),
            ($"/api/v1/processes/{process}", "/api/v1/processes/{id}"), ("/api/v1/objects", "/api/v1/objects"), ("/api/v1/graph", "/api/v1/graph"), ("/api/v1/graph?group=name", "/api/v1/graph"),
            ("/api/v1/graph?group=container", "/api/v1/graph"), ("/api/v1/findings", "/api/v1/findings"),
        ];
        Assert.All(pages, page => Assert.Empty(check.Faults(api.Read(page.Path), check.SchemaOf(page.Described))));
        JsonElement[] edges = [.. Eventually.Get(
            () => api.Read($"/api/v1/graph?filter=process%20%3D%20%22{Talkers.Name}%22"),
            graph => graph.GetProperty("edges").EnumerateArray().Any(edge => IsTalk(edge, id))).GetProperty("edges").EnumerateArray()];
        JsonElement talk = Assert.Single(edges, edge => IsTalk(edge, id));
        Assert.Equal(process, talk.GetProperty("source").GetString());
        Assert.EndsWith("exact", talk.GetProperty("certainty").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deltas_keep_a_client_at_what_a_fresh_snapshot_says()
    {
        using RunningAgent agent = new("aggregation: { interval: 200ms }", api: "");
        using ApiClient api = new(agent);
        using Talkers talkers = new();
        using CancellationTokenSource patience = new(Patience);
        var check = new SchemaCheck(api.Read("/openapi/v1.json"));
        SseReader early = api.Open("/api/v1/stream");
        var state = new StreamState();
        Dictionary<string, Dictionary<(string, string), string>> states = [];
        for (int i = 0; i < 5; i++)
        {
            Keep(await TakeAsync(early, state, check, i == 0 ? "snapshot" : "delta", patience.Token));
        }
        SseReader late = api.Open("/api/v1/stream");
        var fresh = new StreamState();
        await TakeAsync(late, fresh, check, "snapshot", patience.Token);
        string time = await TakeAsync(late, fresh, check, "delta", patience.Token);
        while (!states.ContainsKey(time))
        {
            Keep(await TakeAsync(early, state, check, "delta", patience.Token));
        }
        Assert.Equal(fresh.Items.OrderBy(item => item.Key), states[time].OrderBy(item => item.Key));
        Assert.Contains(fresh.Items, item => item.Key.Kind == "channels" && item.Value.Contains($"\"channel\":\"pipe:[{talkers.Pipe}]\"", StringComparison.Ordinal));

        void Keep(string when) => states[when] = state.Items.ToDictionary();
    }

    [Fact]
    public async Task Operations_come_as_they_happen_and_the_programs_go_with_the_client()
    {
        using RunningAgent agent = new(api: "");
        using ApiClient api = new(agent);
        using Talkers talkers = new();
        using CancellationTokenSource patience = new(Patience);
        HashSet<int> before = Attached.TracingOf(agent.Pid);
        var check = new SchemaCheck(api.Read("/openapi/v1.json"));
        SseReader reader = api.Open($"/api/v1/operations?filter=process%20%3D%20%22{Talkers.Name}%22%20and%20mechanism%20%3D%20pipe%20and%20operation%20%3D%20write&limit=5");
        Assert.Equal("begin", (await reader.NextAsync(patience.Token))?.Name);
        for (int i = 0; i < 5; i++)
        {
            (string Name, string Data)? line = await reader.NextAsync(patience.Token);
            Assert.Equal("message", line?.Name);
            JsonElement operation = JsonDocument.Parse(line!.Value.Data).RootElement;
            Assert.Empty(check.Faults(operation, check.Named("Operation")));
            Assert.Equal((talkers.Writer, 5), (operation.GetProperty("pid").GetUInt32(), operation.GetProperty("size_bytes").GetInt32()));
        }
        Assert.Equal(("end", "{\"count\":5}"), await reader.NextAsync(patience.Token));
        Assert.Equal(before, Eventually.Get(() => Attached.TracingOf(agent.Pid), before.SetEquals));
    }

    [Fact]
    public async Task A_deadlock_is_found_a_few_looks_after_it_began()
    {
        using RunningAgent agent = new(api: "");
        using ApiClient api = new(agent);
        using CancellationTokenSource patience = new(3 * Patience);
        SseReader stream = api.Open("/api/v1/stream");
        Assert.Equal("snapshot", (await stream.NextAsync(patience.Token))?.Name);
        using WaitScene scene = new("deadlock-pipes");
        uint[] pids = [.. scene.Roles.Values.Select(role => role.Pid).Order()];
        JsonElement delta = await NextAsync();
        while (!Set(delta, "processes").Any(process => pids.Contains(process.GetProperty("pid").GetUInt32()) && process.TryGetProperty("longest_wait", out _)))
        {
            delta = await NextAsync();
        }
        while (!Set(delta, "findings").Any(IsIt)) // until patience ends; how soon is tested with a clock (WaitWatchTests)
        {
            delta = await NextAsync();
        }

        bool IsIt(JsonElement finding) => finding.GetProperty("rule").GetString() == "deadlock"
            && finding.GetProperty("culprits").EnumerateArray().Select(culprit => culprit.GetProperty("pid").GetUInt32()).Order().SequenceEqual(pids);

        async Task<JsonElement> NextAsync() => JsonDocument.Parse((await stream.NextAsync(patience.Token))!.Value.Data).RootElement;
    }

    private static JsonElement.ArrayEnumerator Set(JsonElement delta, string kind) => delta.GetProperty(kind).GetProperty("set").EnumerateArray();

    private static bool IsTalk(JsonElement edge, string channel) => edge.GetProperty("channel_ids").EnumerateArray().Any(id => id.GetString() == channel);

    private static async Task<string> TakeAsync(SseReader reader, StreamState state, SchemaCheck check, string name, CancellationToken patience)
    {
        (string Name, string Data)? next = await reader.NextAsync(patience);
        Assert.Equal(name, next?.Name);
        JsonElement data = JsonDocument.Parse(next!.Value.Data).RootElement;
        Assert.Empty(check.Faults(data, check.Named(name == "delta" ? "Delta" : "Snapshot")));
        state.Take(name, data);
        return data.GetProperty("time").GetString()!;
    }
}
