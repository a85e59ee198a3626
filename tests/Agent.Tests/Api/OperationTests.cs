using System.Net;
using System.Text.Json;
using Ipcscope.Api;
using Ipcscope.Decode;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Api;

/// <summary>Single operations by the API.</summary>
public sealed class OperationTests : IAsyncDisposable
{
    private readonly ApiScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task They_come_as_described_until_there_are_enough()
    {
        await _scene.ServeAsync();
        var check = new SchemaCheck(await _scene.ReadAsync("/openapi/v1.json"));
        using HttpResponseMessage answer = await _scene.AskAsync("/api/v1/operations?limit=2&filter=mechanism%20%3D%20unix");
        var reader = new SseReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("begin", (await reader.NextAsync(CancellationToken.None))?.Name);
        for (int i = 0; i < 2; i++)
        {
            _scene.Operations!.Operate(Operations.Send());
            (string Name, string Data)? line = await reader.NextAsync(CancellationToken.None);
            Assert.Equal("message", line?.Name);
            Assert.Empty(check.Faults(JsonDocument.Parse(line!.Value.Data).RootElement, check.Named("Operation")));
        }
        Assert.Equal(("end", "{\"count\":2}"), await reader.NextAsync(CancellationToken.None));
        Assert.Null(await reader.NextAsync(CancellationToken.None));
        Assert.True(SpinWait.SpinUntil(() => _scene.Operations!.Disposed, TimeSpan.FromSeconds(20)));
        // The kernel decides what it can.
        Assert.True(_scene.Operations!.Options.Filter.Mechanisms.SequenceEqual([Mechanism.Unix]));
    }

    [Fact]
    public async Task There_are_four_captures_at_once_and_one_ends_with_its_client()
    {
        await _scene.ServeAsync();
        List<HttpResponseMessage> answers = [];
        for (int i = 0; i < OperationStreams.Most; i++)
        {
            answers.Add(await _scene.AskAsync("/api/v1/operations"));
        }
        FakeCapture last = _scene.Operations!;
        using HttpResponseMessage refused = await _scene.AskAsync("/api/v1/operations");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        answers.ForEach(answer => answer.Dispose());
        Assert.True(SpinWait.SpinUntil(() => last.Disposed, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void What_nobody_takes_is_dropped_and_counted()
    {
        var buffer = new OperationBuffer(_scene.Sent);
        using var json = new Ipcscope.Cli.TraceJson(new Ipcscope.Cli.WallClock(TimeProvider.System), Ipcscope.Enrich.Places.OfIds);
        const int Calls = 10_000;
        for (int i = 0; i < Calls; i++)
        {
            buffer.Append(json, Operations.Send(), null, "");
        }
        (ReadOnlyMemory<byte> events, int lines, ulong lost) = buffer.Take();
        Assert.InRange(lines, 1, Calls - 1);
        Assert.Equal(Calls, lines + (int)lost);
        Assert.Equal(lines, events.Span.Count("\n\n"u8));
        Assert.Equal((ulong)Calls, _scene.Sent.Stage.Seen);
        Assert.Equal(lost, _scene.Sent.Stage.Lost);
    }
}
