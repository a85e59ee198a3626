using System.Text;
using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class TopKeysTests
{
    private static string Filter(string text) => text.Contains('!', StringComparison.Ordinal) ? "no such field" : "";

    private static TopState Press(TopState state, params string[] keys)
    {
        foreach (string key in keys)
        {
            for (ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(key); rest.Length > 0;)
            {
                var pressed = Key.Read(rest, out int length);
                rest = rest[length..];
                TopKeys.Apply(state, pressed, 10, Filter);
            }
        }
        return state;
    }

    [Theory]
    [InlineData("\e[A", "Up", 3)]
    [InlineData("\eOA", "Up", 3)]
    [InlineData("\e[B", "Down", 3)]
    [InlineData("\e[5~", "PageUp", 4)]
    [InlineData("\e[6~x", "PageDown", 4)]
    [InlineData("\e[H", "Home", 3)]
    [InlineData("\e[1~", "Home", 4)]
    [InlineData("\e[F", "End", 3)]
    [InlineData("\e[1;5A", "Up", 6)]
    [InlineData("\e[200~", "Other", 6)]
    [InlineData("\e", "Escape", 1)]
    [InlineData("\r", "Enter", 1)]
    [InlineData("\t", "Tab", 1)]
    [InlineData("\u007f", "Backspace", 1)]
    [InlineData("\u0001", "Other", 1)]
    [InlineData("é", "Text", 2)]
    public void Keys_are_told_apart(string sent, string kind, int length)
    {
        var key = Key.Read(Encoding.UTF8.GetBytes(sent), out int read);
        Assert.Equal((kind, length), ($"{key.Kind}", read));
    }

    [Fact]
    public void Keys_change_what_is_shown()
    {
        var state = new TopState();
        Press(state, "\t", "b", " ", "r", "+", "\e[B\e[B\e[A");
        Assert.Equal((TopView.Processes, TopSort.Bytes, true, true, 1), (state.View, state.Sort, state.Paused, state.Reverse, state.First));
        Assert.Equal(TimeSpan.FromSeconds(2), state.Interval);
        Press(state, "-", "-", "\e[6~", "\e[6~", "\e[5~", "?");
        Assert.Equal((TimeSpan.FromSeconds(0.5), 11, true), (state.Interval, state.First, state.Help));
        Assert.True(Press(state, "q").Quit);
    }

    [Fact]
    public void Scrolling_does_not_pass_the_first_row() => Assert.Equal(0, Press(new TopState(), "\e[A", "\e[5~").First);

    [Fact]
    public void S_goes_through_every_order()
    {
        var state = new TopState();
        Assert.Equal([TopSort.Bytes, TopSort.P50, TopSort.P99, TopSort.Errors, TopSort.Wait, TopSort.Name, TopSort.Ops], Enumerable.Range(0, 7).Select(_ => Press(state, "s").Sort));
    }

    [Fact]
    public void A_filter_is_typed_and_put_to_work()
    {
        TopState state = Press(new TopState(), "/pid = 1x", "\u007f");
        Assert.Equal("pid = 1", state.Typing);
        Press(state, "\r");
        Assert.Equal(("pid = 1", null), (state.Filter, state.Typing));
    }

    [Fact]
    public void A_faulty_filter_can_be_mended_or_given_up()
    {
        TopState state = Press(new TopState { Filter = "pid = 1" }, "/ !", "\r");
        Assert.Equal(("no such field", "pid = 1 !", "pid = 1"), (state.Fault, state.Typing, state.Filter));
        Press(state, "\e");
        Assert.Equal(("", null, "pid = 1"), (state.Fault, state.Typing, state.Filter));
    }

    [Fact]
    public void Letters_of_a_filter_are_no_commands() => Assert.False(Press(new TopState(), "/q").Quit);
}
