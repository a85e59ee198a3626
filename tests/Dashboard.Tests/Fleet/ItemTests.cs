using System.Buffers;
using System.Text;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Tests.Fleet;

/// <summary>What is held packed comes out as it went in.</summary>
public sealed class ItemTests
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":"a/1","operations":5,"nested":{"id":"a/2","of":[{"id":"b"},"id"]},"text":"\"id\":1,\\","empty":"","":0}""")]
    [InlineData("""{ "id" : "a", "größe": "größe", "id":null}""")]
    [InlineData("""{"cut":"off""")]
    public void Every_text_comes_back(string json) => Assert.Equal(json, Encoding.UTF8.GetString(Hold(Encoding.UTF8.GetBytes(json)).Json));

    [Fact]
    public void More_names_than_can_be_known_come_back()
    {
        string json = $"{{{string.Join(',', Enumerable.Range(0, 600).Select(static i => $"\"name{i}\":{i}"))}}}";
        var terse = new Terse();
        var text = new ArrayBufferWriter<byte>();
        terse.Write(text, terse.Pack(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(json, Encoding.UTF8.GetString(text.WrittenSpan));
    }

    [Fact]
    public void Bytes_that_are_no_text_cannot_be_taken_for_names()
    {
        byte[] json = [.. "{\"a\":\""u8, 0xFF, 0x07, 0xFE, .. "\","u8, 0xFF, .. "}"u8];
        Assert.Equal("{\"a\":\"?\u0007?\",?}", Encoding.UTF8.GetString(Hold(json).Json));
    }

    [Fact]
    public void Names_are_held_once()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"id":0,"channel":0,"mechanism":0}""");
        Assert.Equal(2 + (3 * 2) + 3, new Terse().Pack(json).Length); // the braces, two bytes for each name with its comma and colon, the figures
        Assert.True(Hold(json).IsLike(Hold(json)));
    }

    private static Item Hold(byte[] json) => new(json, default);
}
