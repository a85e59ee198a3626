using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("redis", 5)]
    [InlineData("41 µs", 5)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("→", 1)]
    public void Width_is_that_of_a_terminal(string text, int cells) => Assert.Equal(cells, DisplayText.Width(text));

    [Theory]
    [InlineData("redis-server", 12, "redis-server")]
    [InlineData("redis-server", 6, "redis…")]
    [InlineData("redis-server", 1, "…")]
    [InlineData("redis-server", 0, "")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    public void Long_text_is_cut(string text, int width, string expected) => Assert.Equal(expected, DisplayText.Cut(text, width));

    [Theory]
    [InlineData("\e[2Jclear", "\uFFFD[2Jclear")]
    [InlineData("a\nb", "a\uFFFDb")]
    [InlineData("a\u009Bb", "a\uFFFDb")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("plain → 日本 😀", "plain → 日本 😀")]
    public void Nothing_commands_the_terminal(string text, string expected) => Assert.Equal(expected, DisplayText.Clean(text));

    // An attribute cannot hold half a surrogate pair.
    [Fact]
    public void Half_a_character_is_made_visible() => Assert.Equal("a\uFFFDb", DisplayText.Clean("a\uD800b"));
}
