using System.Net;
using System.Text.Json;
using Ipcscope.Config;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Api;

/// <summary>What the API answers, and that its description is true.</summary>
public sealed class PagesTests
{
    private const string PipeId = "7-e-0";
    private const string Token = "0123456789abcdef0123";

    public static TheoryData<string, string> Pages => new()
    {
        { "/api/v1/health", "/api/v1/health" },
        { "/api/v1/channels", "/api/v1/channels" },
        { $"/api/v1/channels/{PipeId}", "/api/v1/channels/{id}" },
        { "/api/v1/processes", "/api/v1/processes" },
        { "/api/v1/processes/77-1", "/api/v1/processes/{id}" },
        { "/api/v1/objects", "/api/v1/objects" },
        { "/api/v1/graph", "/api/v1/graph" },
        { "/api/v1/graph?group=name", "/api/v1/graph" },
        { "/api/v1/graph?group=container", "/api/v1/graph" },
        { "/api/v1/findings", "/api/v1/findings" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Answers_are_as_the_description_says(string path, string described)
    {
        await using ApiScene scene = await SceneAsync();
        var check = new SchemaCheck(await scene.ReadAsync("/openapi/v1.json"));
        JsonElement answer = await scene.ReadAsync(path);
        Assert.Empty(check.Faults(answer, check.SchemaOf(described)));
        Assert.Equal("schema", answer.EnumerateObject().First().Name);
    }

    [Fact]
    public async Task Every_page_is_described()
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement description = await scene.ReadAsync("/openapi/v1.json");
        foreach (JsonProperty path in description.GetProperty("paths").EnumerateObject())
        {
            using HttpResponseMessage answer = await scene.AskAsync($"{path.Name.Replace("{id}", "x", StringComparison.Ordinal)}?x=1");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_channel_has_its_sums_and_ends()
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement channel = (await scene.ReadAsync("/api/v1/channels")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(
            (PipeId, "pipe:[7]", "pipe", 7UL, 8UL, 320UL, 192UL),
            (channel.GetProperty("id").GetString(), channel.GetProperty("channel").GetString(), channel.GetProperty("mechanism").GetString(), channel.GetProperty("inode").GetUInt64(),
            channel.GetProperty("operations").GetUInt64(), channel.GetProperty("written_bytes").GetUInt64(), channel.GetProperty("read_bytes").GetUInt64()));
        Assert.Equal(
            ["sh 77-1 write exact", "gzip 78-1 read exact"],
            channel.GetProperty("endpoints").EnumerateArray().Select(end => $"{end.GetProperty("process").GetString()} {end.GetProperty("process_id").GetString()} {end.GetProperty("direction").GetString()} {end.GetProperty("certainty").GetString()}"));
        JsonElement wait = channel.GetProperty("longest_wait");
        Assert.Equal(("full", 2.0, "gzip"), (wait.GetProperty("reason").GetString(), wait.GetProperty("age_seconds").GetDouble(), wait.GetProperty("waits_for")[0].GetProperty("process").GetString()));
    }

    [Fact]
    public async Task Edges_have_their_channels_and_who_waits()
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement edge = (await scene.ReadAsync("/api/v1/graph")).GetProperty("edges").EnumerateArray().Single();
        Assert.Equal(
            ("77-1~78-1~pipe", 3UL, 192UL, 1.0, PipeId),
            (edge.GetProperty("id").GetString(), edge.GetProperty("operations").GetUInt64(), edge.GetProperty("bytes").GetUInt64(), edge.GetProperty("wait_share").GetDouble(), edge.GetProperty("channel_ids")[0].GetString()));
    }

    [Theory]
    [InlineData("/api/v1/processes?sort=name", "gzip sh", 2)]
    [InlineData("/api/v1/processes?sort=name&limit=1", "gzip", 2)]
    [InlineData("/api/v1/processes?sort=name&limit=1&offset=1", "sh", 2)]
    [InlineData("/api/v1/processes?sort=name&offset=2", "", 2)]
    [InlineData("/api/v1/processes?sort=wait", "sh gzip", 2)]
    [InlineData("/api/v1/processes?filter=operation%20%3D%20read", "gzip", 1)]
    [InlineData("/api/v1/processes?filter=channel%20%3D%20%22pipe%3A%5B7%5D%22%20and%20pid%20%3D%2077", "sh", 1)]
    [InlineData("/api/v1/processes?filter=mechanism%20%3D%20unix", "", 0)]
    public async Task Pages_are_cut_sorted_and_filtered(string path, string names, int total)
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement page = await scene.ReadAsync(path);
        Assert.Equal(names, string.Join(' ', page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("process").GetString())));
        Assert.Equal(total, page.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/channels?limit=0", 400, "1 to 10000")]
    [InlineData("/api/v1/channels?limit=10001", 400, "1 to 10000")]
    [InlineData("/api/v1/channels?limit=", 400, "1 to 10000")]
    [InlineData("/api/v1/channels?limit=1&limit=2", 400, "one value")]
    [InlineData("/api/v1/channels?offset=-1", 400, "0 to")]
    [InlineData("/api/v1/channels?offset=99999999999", 400, "0 to")]
    [InlineData("/api/v1/channels?sort=size", 400, "operations, bytes, wait, duration, name")]
    [InlineData("/api/v1/channels?filtr=x", 400, "did you mean")]
    [InlineData("/api/v1/channels?filter=nothing%20%3D%201", 400, "column 1")]
    [InlineData("/api/v1/stream?filter=size%20%3E%201", 400, "size")]
    [InlineData("/api/v1/operations?limit=1000001", 400, "1 to 1000000")]
    [InlineData("/api/v1/graph?group=tree", 400, "process, name, container, pod")]
    [InlineData("/api/v1/channels/1-2-3", 404, "id")]
    [InlineData("/api/v1/processes/1-2", 404, "id")]
    [InlineData("/api/v1/nothing", 404, "/openapi/v1.json")]
    [InlineData("/", 404, "/openapi/v1.json")]
    [InlineData("/api/v1/operations?filter=sice%20%3D%201", 400, "column 1")]
    [InlineData("/api/v1/operations?sort=name", 400, "allowed: filter, limit")]
    [InlineData("/api/v1/objects?filter=pid%20%3D%201", 400, "allowed: limit, offset")]
    public async Task What_is_wrong_is_a_problem_document(string path, int status, string said)
    {
        await using ApiScene scene = await SceneAsync();
        var check = new SchemaCheck(await scene.ReadAsync("/openapi/v1.json"));
        using HttpResponseMessage answer = await scene.AskAsync(path);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        JsonElement problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Empty(check.Faults(problem, check.Named("Problem")));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/health")]
    [InlineData("/api/v1/channels")]
    [InlineData("/api/v1/channels/{id}")]
    [InlineData("/api/v1/processes")]
    [InlineData("/api/v1/processes/{id}")]
    [InlineData("/api/v1/objects")]
    [InlineData("/api/v1/graph")]
    [InlineData("/api/v1/findings")]
    [InlineData("/api/v1/stream")]
    [InlineData("/api/v1/operations")]
    public async Task Every_page_refuses_as_the_description_says(string page)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Token);
        await using var scene = new ApiScene();
        await scene.ServeAsync(new AccessOptions { TokenFile = file });
        using HttpResponseMessage text = await scene.AskAsync("/openapi/v1.json", token: Token);
        JsonElement description = JsonDocument.Parse(await text.Content.ReadAsStringAsync()).RootElement;
        var check = new SchemaCheck(description);
        JsonElement described = description.GetProperty("paths").GetProperty(page).GetProperty("get").GetProperty("responses");
        string path = page.Replace("{id}", "1-2-3", StringComparison.Ordinal);
        List<(int Status, HttpResponseMessage Answer)> refusals =
        [
            (400, await scene.AskAsync($"{path}?nothing=1", token: Token)), (401, await scene.AskAsync(path)), (405, await scene.AskAsync(path, HttpMethod.Post, token: Token)),
            (413, await scene.AskAsync(path, token: Token, body: new byte[5000])), (421, await scene.AskAsync(path, host: "attacker.example", token: Token)),
        ];
        if (path != page)
        {
            refusals.Add((404, await scene.AskAsync(path, token: Token)));
        }
        HttpResponseMessage last = await scene.AskAsync(path, token: "wrong");
        for (int wrong = 0; last.StatusCode != HttpStatusCode.TooManyRequests && wrong < 1000; wrong++)
        {
            last.Dispose();
            last = await scene.AskAsync(path, token: "wrong");
        }
        refusals.Add((429, last));
        foreach ((int status, HttpResponseMessage answer) in refusals)
        {
            Assert.Equal(status, (int)answer.StatusCode);
            JsonElement said = described.GetProperty($"{status}");
            Assert.Equal(said.TryGetProperty("content", out JsonElement content) ? content.EnumerateObject().Single().Name : "text/plain", answer.Content.Headers.ContentType?.MediaType);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.NotEmpty(body);
            if (content.ValueKind != JsonValueKind.Undefined)
            {
                Assert.Empty(check.Faults(JsonDocument.Parse(body).RootElement, check.Named("Problem")));
            }
            answer.Dispose();
        }
        File.Delete(file);
    }

    [Fact]
    public async Task Open_channels_that_are_not_listed_are_counted()
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement page = await scene.ReadAsync("/api/v1/channels");
        Assert.Equal((1, 0), (page.GetProperty("total").GetInt32(), page.GetProperty("unlisted").GetInt32()));
        // The flows give their slots back, and who holds the pipe still does.
        scene.Capture.Calls = [];
        scene.Capture.Source.SetFlows();
        await scene.ReadUntilAsync("/api/v1/channels", page => (page.GetProperty("total").GetInt32(), page.GetProperty("unlisted").GetInt32()) == (0, 1));
        Assert.Equal(1, (await scene.ReadAsync("/api/v1/health")).GetProperty("channels_unlisted").GetInt32());
        Assert.False((await scene.ReadAsync("/api/v1/channels?filter=mechanism%20%3D%20pipe")).TryGetProperty("unlisted", out _));
    }

    [Fact]
    public async Task Nothing_is_written_to_it()
    {
        await using ApiScene scene = await SceneAsync();
        using HttpResponseMessage answer = await scene.AskAsync("/api/v1/channels", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Only_who_has_the_token_and_asks_this_machine_is_answered()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Token);
        await using var scene = new ApiScene();
        await scene.ServeAsync(new AccessOptions { TokenFile = file });
        async Task<int> StatusAsync(string path, string? host, string? token)
        {
            using HttpResponseMessage answer = await scene.AskAsync(path, host: host, token: token);
            return (int)answer.StatusCode;
        }

        int[] statuses =
        [
            await StatusAsync("/openapi/v1.json", null, null), await StatusAsync("/api/v1/stream", null, "wrong"), await StatusAsync("/openapi/v1.json", null, Token),
            await StatusAsync("/openapi/v1.json", "attacker.example", Token), await StatusAsync("/nothing", null, null), await StatusAsync("/livez", null, null),
        ];
        int[] expected = [401, 401, 200, 421, 401, 200];
        Assert.Equal(expected, statuses);
        File.Delete(file);
    }

    private static async Task<ApiScene> SceneAsync()
    {
        var scene = new ApiScene();
        scene.Did(5, 3);
        scene.Capture.Calls = [scene.Waiting(TimeSpan.FromSeconds(2))];
        await scene.ServeAsync();
        return scene;
    }
}
