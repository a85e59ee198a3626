using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Filters;

public sealed class FilterMatchTests
{
    private static FilterExpression Parse(string text)
    {
        Assert.True(FilterParser.TryParse(text, FilterScopes.Any, out FilterExpression? filter, out FilterError? error), $"{text}: {error}");
        return filter!;
    }

    [Theory]
    [InlineData("pid = 4312")]
    [InlineData("pid != 4313")]
    [InlineData("pid in (1, 4312)")]
    [InlineData("pid not in (1, 2)")]
    [InlineData("tid=4313")]
    [InlineData("pid<4313 and pid<=4312 and pid>4311 and pid>=4312")]
    [InlineData("process = redis-server")]
    [InlineData("process = \"redis-server\"")]
    [InlineData("process = 'redis-server'")]
    [InlineData("process~^redis")]
    [InlineData("process ~ \"^(redis|nginx)\"")]
    [InlineData("process ~ '(?i)^REDIS'")]
    [InlineData("process !~ ^nginx")]
    [InlineData("process != redis")]
    [InlineData("process != Redis-Server")]
    [InlineData("executable = /usr/bin/redis-server")]
    [InlineData("mechanism = unix")]
    [InlineData("mechanism in (pipe, unix)")]
    [InlineData("mechanism not in (pipe)")]
    [InlineData("mechanism ~ ^un")]
    [InlineData("mechanism !~ pipe")]
    [InlineData("operation != receive")]
    [InlineData("channel ~ 'redis\\.sock$'")]
    [InlineData("peer = \"\"")]
    [InlineData("size = 512")]
    [InlineData("size = 512B")]
    [InlineData("size = 0.5KiB")]
    [InlineData("size = 0.5 KiB")]
    [InlineData("size < 1kB and size > 511 B")]
    [InlineData("duration = 41us")]
    [InlineData("duration = 41 µs")]
    [InlineData("duration = 41 μs")]
    [InlineData("duration = 0.041ms")]
    [InlineData("duration > 0")]
    [InlineData("duration < 1h and duration < 1m and duration < 1s and duration >= 41000ns")]
    [InlineData("duration in (41us, 5ms)")]
    [InlineData("error = \"\"")]
    [InlineData("error != EPIPE")]
    [InlineData("error !~ .")]
    [InlineData("not error ~ ^E")]
    [InlineData("cgroup = 77")]
    [InlineData("CGROUP = 1 or cgroup = 77", false)]
    [InlineData("not not pid = 4312")]
    [InlineData("not (pid = 1 or pid = 2)")]
    [InlineData("PID = 4312", false)]
    [InlineData("pid = 1 OR NOT pid = 2 AND tid = 4313")]
    [InlineData(" \t\n( ( pid = 4312 ) ) ")]
    public void TheSubjectPasses(string text, bool known = true)
    {
        if (known)
        {
            Assert.True(Parse(text).Matches(new FakeSubject()));
            Assert.False(Parse($"not ({text})").Matches(new FakeSubject()));
            Assert.True(Parse(Parse(text).ToString()).Matches(new FakeSubject()));
        }
        else
        {
            Assert.False(FilterParser.TryParse(text, FilterScopes.Any, out _, out _));
        }
    }

    [Theory]
    [InlineData("pid = 1 or pid = 2 and pid = 3", "pid = 1 or pid = 2 and pid = 3")]
    [InlineData("(pid = 1 or pid = 2) and pid = 3", "(pid = 1 or pid = 2) and pid = 3")]
    [InlineData("not pid = 1 and pid = 2", "pid != 1 and pid = 2")]
    [InlineData("not (pid = 1 and pid = 2) and pid = 3", "(pid != 1 or pid != 2) and pid = 3")]
    [InlineData("not (pid < 1 or pid >= 2)", "pid >= 1 and pid < 2")]
    [InlineData("not pid in (1, 2)", "pid not in (1, 2)")]
    [InlineData("not not process ~ x", "process ~ x")]
    [InlineData("not not not process ~ x", "process !~ x")]
    [InlineData("process='a \"b'", "process = \"a \"\"b\"")]
    [InlineData("process in ('', and2, 'and', 'a b')", "process in (\"\", and2, \"and\", \"a b\")")]
    [InlineData("process = \"say \"\"hi\"\"\"", "process = \"say \"\"hi\"\"\"")]
    [InlineData("channel ~ \"^\\d+\\\\$\"", "channel ~ ^\\d+\\\\$")]
    public void AndBindsMoreThanOrAndNotMost(string text, string meaning) => Assert.Equal(meaning, Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    public void ABlankFilterLetsEverythingThrough(string text)
    {
        Assert.True(FilterParser.TryParse(text, FilterScopes.Operation, out FilterExpression? filter, out _));
        Assert.Null(filter);
    }

    [Fact]
    public void EveryExampleOfAFieldIsAComparisonWithIt() => Assert.All(FilterFields.All, field =>
    {
        Assert.Equal([field], Parse(field.Example).Fields);
        FilterScopes scope = field.Scopes.HasFlag(FilterScopes.Operation) ? FilterScopes.Operation : FilterScopes.Series;
        Assert.True(FilterParser.TryParse(field.Example, scope, out _, out _));
    });

    [Fact]
    public void NumbersAreComparedWithoutAllocation()
    {
        FilterExpression filter = Parse("duration > 5ms or size in (1, 2, 3) or pid = 1 or mechanism = pipe or error ~ ^ECONN or process in (a, b)");
        var subject = new FakeSubject();
        Assert.False(filter.Matches(subject));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            filter.Matches(subject);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AnErrorIsKnownByItsName()
    {
        Assert.True(Parse("error = EPIPE").Matches(new FakeSubject { Error = 32 }));
        Assert.True(Parse("error in (EPIPE, ECONNRESET)").Matches(new FakeSubject { Error = 104 }));
        Assert.True(Parse("error ~ ^ECONN").Matches(new FakeSubject { Error = 111 }));
        Assert.False(Parse("error ~ ^ECONN").Matches(new FakeSubject { Error = 32 }));
        Assert.True(Parse("error != \"\" and error != EPIPE").Matches(new FakeSubject { Error = 524 }));
        Assert.True(Parse("error = 524").Matches(new FakeSubject { Error = 524 }));
    }

    [Fact]
    public void AMechanismIsKnownByItsName() => Assert.All(Enum.GetValues<Mechanism>().Skip(1), mechanism =>
    {
        Assert.True(Parse($"mechanism = {Words.Mechanisms[(int)mechanism]}").Matches(new FakeSubject { Mechanism = mechanism }));
        Assert.False(Parse($"mechanism != {Words.Mechanisms[(int)mechanism]}").Matches(new FakeSubject { Mechanism = mechanism }));
    });
}
