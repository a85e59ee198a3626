using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using Ipcscope.Enrich;
using Ipcscope.Names;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.Tests.Names;

public sealed class ApiTests
{
    private readonly PodTable _pods = new(TimeProvider.System);

    private static string Uid(int pod) => $"1b2c3d4e-0000-1111-2222-{pod:000000000000}";

    private static string Id(int pod) => new((char)('a' + pod), 64);

    private static JsonObject Pod(int pod, string version, bool started = true) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = $"web-5d9c-{pod}",
            ["namespace"] = "shop",
            ["uid"] = Uid(pod),
            ["resourceVersion"] = version,
            ["labels"] = new JsonObject { ["pod-template-hash"] = "5d9c" },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "ReplicaSet", ["name"] = "web-5d9c", ["controller"] = true }),
        },
        ["status"] = new JsonObject { ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "nginx", ["containerID"] = started ? $"containerd://{Id(pod)}" : "" }) },
    };

    private string Tell(int pod)
    {
        (Pod? found, string? container) = _pods.Find(Id(pod), Uid(pod));
        return $"{found?.Namespace}/{found?.Workload}/{found?.Name}/{container}";
    }

    private static string Named(int pod) => $"shop/web/web-5d9c-{pod}/nginx";

    [SuppressMessage("Reliability", "CA2000", Justification = "The loop disposes of its reader.")]
    private NameLoop Loop(FakeApiServer server) => new(new ApiReader(server.Access, "node-1", TimeProvider.System), _pods, TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task Pods_of_this_node_are_listed_page_by_page_and_watched_from_there()
    {
        await using FakeApiServer server = await FakeApiServer.StartAsync();
        server.Pods.AddRange([Pod(0, "1"), Pod(1, "2"), Pod(2, "3", started: false)]);
        await using NameLoop loop = Loop(server);
        await Until.TrueAsync(() => !server.Watches.IsEmpty);
        Assert.Equal([Named(0), Named(1), "shop/web/web-5d9c-2/"], new[] { 0, 1, 2 }.Select(Tell));
        Assert.Equal(["?fieldSelector=spec.nodeName%3Dnode-1&limit=250", "?fieldSelector=spec.nodeName%3Dnode-1&limit=250&continue=2"], server.Lists);
        Assert.Equal("?fieldSelector=spec.nodeName%3Dnode-1&watch=1&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=100", Assert.Single(server.Watches));
        server.Say("MODIFIED", Pod(2, "101"));
        server.Say("ADDED", Pod(3, "102"));
        await Until.TrueAsync(() => Tell(2) == Named(2) && Tell(3) == Named(3));
    }

    [Fact]
    public async Task A_watch_that_breaks_off_goes_on_where_it_was_bookmarks_included()
    {
        await using FakeApiServer server = await FakeApiServer.StartAsync();
        await using NameLoop loop = Loop(server);
        server.Say("ADDED", Pod(0, "105"));
        await Until.TrueAsync(() => Tell(0) == Named(0));
        server.Disconnect();
        server.Say("BOOKMARK", new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = "250" } });
        server.Say("ADDED", Pod(1, "251"));
        await Until.TrueAsync(() => Tell(1) == Named(1));
        server.Disconnect();
        await Until.TrueAsync(() => server.Watches.Count >= 3);
        Assert.Equal(["100", "105", "251"], server.Watches.Take(3).Select(query => query.Split("resourceVersion=")[1]));
        Assert.Single(server.Lists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_server_has_forgotten_is_listed_anew(bool asStatus)
    {
        await using FakeApiServer server = await FakeApiServer.StartAsync();
        server.Pods.Add(Pod(0, "1"));
        server.WatchStatus = asStatus ? HttpStatusCode.Gone : HttpStatusCode.OK;
        await using NameLoop loop = Loop(server);
        await Until.TrueAsync(() => !server.Watches.IsEmpty);
        server.Pods[0] = Pod(1, "300");
        server.Version = "300";
        if (!asStatus)
        {
            server.Say("ERROR", new JsonObject { ["kind"] = "Status", ["code"] = 410, ["message"] = "too old resource version" });
        }
        await Until.TrueAsync(() => server.Lists.Count >= 2);
        server.WatchStatus = HttpStatusCode.OK;
        await Until.TrueAsync(() => Tell(1) == Named(1) && server.Watches.Any(query => query.EndsWith("resourceVersion=300", StringComparison.Ordinal)));
        Assert.Equal(Named(0), Tell(0)); // remembered for a minute
    }

    [Fact]
    public async Task A_token_that_was_renewed_is_read_again()
    {
        await using FakeApiServer server = await FakeApiServer.StartAsync();
        server.Token = "second";
        server.Pods.Add(Pod(0, "1"));
        await using NameLoop loop = Loop(server);
        await Task.Delay(50);
        Assert.Equal("///", Tell(0));
        await File.WriteAllTextAsync(server.TokenFile, "second\n");
        await Until.TrueAsync(() => Tell(0) == Named(0));
    }

    [Fact]
    public async Task A_pod_that_was_deleted_goes_after_a_minute_not_at_once()
    {
        await using FakeApiServer server = await FakeApiServer.StartAsync();
        server.Pods.Add(Pod(0, "1"));
        await using NameLoop loop = Loop(server);
        server.Say("DELETED", Pod(0, "101"));
        server.Say("ADDED", Pod(1, "102"));
        await Until.TrueAsync(() => Tell(1) == Named(1));
        Assert.Equal(Named(0), Tell(0));
    }
}
