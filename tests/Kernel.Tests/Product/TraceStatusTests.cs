namespace Ipcscope.KernelTests.Product;

/// <summary><c>trace -- COMMAND</c> ends as the command ends.</summary>
[Collection(nameof(ProductGroup))]
public sealed class TraceStatusTests
{
    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void TheStatusIsTheCommands(string script, int status)
    {
        Outcome outcome = Binary.Run("trace", "--", "sh", "-c", script).AssertStatus(status);
        Assert.Equal("", outcome.Output);
        Assert.Matches(Summary.Pattern, outcome.ErrorLines[^1]);
    }

    [Theory]
    [InlineData("there-is-no-such-command", 127)]
    [InlineData("/there/is/no/such/command", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/etc", 126)]
    public void WhatCannotRunIsTold(string command, int status)
    {
        Outcome outcome = Binary.Run("trace", "--", command).AssertStatus(status);
        Refusal.AssertOneLine(outcome, command);
    }

    [Fact]
    public void TheCommandKeepsItsStreams()
    {
        Outcome outcome = Binary.Script("echo in | $AGENT trace -w /dev/null -- sh -c 'cat; echo error >&2'").AssertStatus(0);
        Assert.Equal("in\n", outcome.Output);
        Assert.Contains("error\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACommandIsMissing() => Refusal.AssertOneLine(Binary.Run("trace", "--").AssertStatus(2), "command");
}
