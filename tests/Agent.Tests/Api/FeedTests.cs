using System.Text;
using System.Text.Json;
using Ipcscope.Api;
using Ipcscope.Decode;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Api;

/// <summary>What viewers are sent.</summary>
public sealed class FeedTests : IAsyncDisposable
{
    private readonly ApiScene _scene = new();
    private readonly FakeClock _clock = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private static (string Name, JsonElement Data) Parse(StreamEvent told)
    {
        string[] lines = Encoding.UTF8.GetString(told.Plain.Span).Split('\n');
        return (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement);
    }

    [Fact]
    public void Deltas_make_of_an_old_snapshot_what_a_fresh_one_is()
    {
        using var sampler = new Sampler(_scene.Sources(_clock));
        var feed = new Feed(Filter.None, _scene.Sent);
        using Viewer early = feed.Add(viewer => feed.Remove(viewer));
        var state = new StreamState();
        List<string> names = [];
        for (ulong i = 0; i < 6; i++)
        {
            _scene.Did(5 + (i / 2), 5);
            _scene.Capture.Calls = i % 2 == 1 ? [_scene.Waiting(TimeSpan.FromSeconds(i))] : [];
            if (i == 4)
            {
                _scene.Capture.Source.SetFlows(_scene.Flow(_scene.Reader, Operation.Read, 5));
            }
            sampler.Look(1);
            feed.Update(sampler);
            Assert.True(early.Events.TryRead(out StreamEvent? told));
            (string name, JsonElement data) = Parse(told!);
            names.Add(name);
            state.Take(name, data);
            using Viewer late = feed.Add(viewer => feed.Remove(viewer));
            Assert.True(late.Events.TryRead(out told));
            (name, data) = Parse(told!);
            var fresh = new StreamState();
            fresh.Take(name, data);
            Assert.Equal("snapshot", name);
            Assert.Equal(fresh.Items, state.Items);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["snapshot", "delta", "delta", "delta", "delta", "delta"], names);
    }

    [Fact]
    public void What_stays_as_it_was_is_not_sent_again()
    {
        using var sampler = new Sampler(_scene.Sources(_clock));
        var feed = new Feed(Filter.None, _scene.Sent);
        using Viewer viewer = feed.Add(gone => feed.Remove(gone));
        _scene.Did(5, 5);
        for (int i = 0; i < 4; i++)
        {
            sampler.Look(1);
            feed.Update(sampler);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        JsonElement last = default;
        while (viewer.Events.TryRead(out StreamEvent? told))
        {
            last = Parse(told).Data;
        }
        Assert.All(StreamState.Kinds.Except(["findings"]), kind => Assert.Equal((kind, 0, 0), (kind, last.GetProperty(kind).GetProperty("set").GetArrayLength(), last.GetProperty(kind).GetProperty("gone").GetArrayLength())));
    }

    [Fact]
    public void Who_is_too_slow_is_cut_off_and_what_was_for_it_is_lost_by_a_cause()
    {
        using var sampler = new Sampler(_scene.Sources(_clock));
        var feed = new Feed(Filter.None, _scene.Sent);
        using Viewer slow = feed.Add(gone => feed.Remove(gone));
        using Viewer quick = feed.Add(gone => feed.Remove(gone));
        for (int i = 0; i <= Viewer.Patience; i++)
        {
            Assert.False(slow.Cut.IsCancellationRequested);
            sampler.Look(2);
            feed.Update(sampler);
            Assert.True(quick.Events.TryRead(out StreamEvent? told));
            quick.Wrote(told);
        }
        Assert.True(slow.Cut.IsCancellationRequested);
        Assert.False(quick.Cut.IsCancellationRequested);
        Assert.Equal(new Ipcscope.Capture.StageCount(Ipcscope.Capture.Stages.Output, 2 * (Viewer.Patience + 1), Viewer.Patience + 1, Viewer.Patience + 1), _scene.Sent.Stage);
    }

    [Fact]
    public async Task Streams_are_as_described_and_look_only_while_somebody_is_there()
    {
        _scene.Did(5, 5);
        await _scene.ServeAsync();
        var check = new SchemaCheck(await _scene.ReadAsync("/openapi/v1.json"));
        using HttpResponseMessage answer = await _scene.AskAsync("/api/v1/stream");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var reader = new SseReader(await answer.Content.ReadAsStreamAsync());
        foreach (string name in (string[])["snapshot", "delta", "delta"])
        {
            (string Name, string Data)? next = await reader.NextAsync(CancellationToken.None);
            Assert.Equal(name, next?.Name);
            Assert.Empty(check.Faults(JsonDocument.Parse(next!.Value.Data).RootElement, check.Named(name == "delta" ? "Delta" : "Snapshot")));
        }
    }

    [Fact]
    public void Without_viewers_it_stops_to_look()
    {
        using var hub = new Hub(_scene.Sources(), linger: TimeSpan.FromMilliseconds(50));
        Assert.False(hub.IsAtWork);
        Viewer viewer = hub.Open(Filter.None)!;
        Assert.True(SpinWait.SpinUntil(() => hub.IsAtWork && viewer.Events.Count > 0, TimeSpan.FromSeconds(20)));
        viewer.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !hub.IsAtWork, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void There_are_so_many_viewers_and_so_many_filters_and_no_more()
    {
        using var hub = new Hub(_scene.Sources());
        List<Viewer> viewers = [.. Enumerable.Range(0, Hub.MostFilters).Select(i => hub.Open(new Filter($"pid = {i}", null))!)];
        Assert.Null(hub.Open(Filter.None));
        viewers.AddRange(Enumerable.Range(Hub.MostFilters, Hub.MostViewers - Hub.MostFilters).Select(_ => hub.Open(new Filter("pid = 1", null))!));
        Assert.Null(hub.Open(new Filter("pid = 1", null)));
        viewers[0].Dispose();
        using Viewer? next = hub.Open(Filter.None);
        Assert.NotNull(next);
        viewers.ForEach(viewer => viewer.Dispose());
    }
}
