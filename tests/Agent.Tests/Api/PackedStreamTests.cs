using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ipcscope.Api;
using Ipcscope.Export.Gzip;

namespace Ipcscope.Tests.Api;

/// <summary>Events that are compressed once for all viewers: what each of them gets is one gzip stream.</summary>
public sealed class PackedStreamTests : IAsyncDisposable
{
    private readonly ApiScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public void Whoever_begins_with_whichever_event_reads_all_from_there_on()
    {
        string[] texts = ["event: snapshot\ndata: {\"a\":1}\n\n", "", string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i * 7919L % 10007},")), "event: delta\ndata: {\"a\":2}\n\n"];
        PackedEvent[] packed = [.. texts.Select(text => PackedEvent.Make(Encoding.UTF8.GetBytes(text)))];
        for (int first = 0; first <= texts.Length; first++)
        {
            using var wire = new MemoryStream();
            wire.Write(GzipFormat.Head.Span);
            var stream = new PackedStream();
            foreach (PackedEvent each in packed[first..])
            {
                stream.Add(each);
                wire.Write(each.Blocks);
            }
            wire.Write(stream.End());
            wire.Position = 0;
            using var reader = new StreamReader(new GZipStream(wire, CompressionMode.Decompress)); // fails if checksum or length are wrong
            Assert.Equal(string.Concat(texts[first..]), reader.ReadToEnd());
        }
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br, gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("br", null)]
    [InlineData(null, null)]
    public async Task Who_takes_it_gets_each_event_at_once(string? accepted, string? encoding)
    {
        _scene.Did(5, 5);
        await _scene.ServeAsync();
        using HttpResponseMessage answer = await _scene.AskAsync("/api/v1/stream", encoding: accepted);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        await using GZipStream unpacked = new(body, CompressionMode.Decompress);
        var reader = new SseReader(encoding is null ? body : unpacked);
        foreach (string name in (string[])["snapshot", "delta", "delta"])
        {
            (string Name, string Data)? next = await reader.NextAsync(CancellationToken.None);
            Assert.Equal(name, next?.Name);
            Assert.Equal(1, JsonDocument.Parse(next!.Value.Data).RootElement.GetProperty("schema").GetInt32());
        }
    }

    [Fact]
    public async Task It_ends_well_when_the_agent_ends()
    {
        _scene.Did(5, 5);
        await _scene.ServeAsync();
        using HttpResponseMessage answer = await _scene.AskAsync("/api/v1/stream", encoding: "gzip");
        await using GZipStream events = new(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var reader = new SseReader(events);
        Assert.NotNull(await reader.NextAsync(CancellationToken.None));
        Task end = _scene.EndAsync();
        while (await reader.NextAsync(CancellationToken.None) is not null)
        {
        }
        await end;
    }
}
