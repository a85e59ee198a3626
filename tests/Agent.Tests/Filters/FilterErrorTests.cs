using Ipcscope.Filters;

namespace Ipcscope.Tests.Filters;

public sealed class FilterErrorTests
{
    private const string OfOperations = "pid, tid, process, mechanism, operation, via, detail, channel, peer, size, duration, wait, error, cgroup, container, pod, namespace, workload";
    private const string OfSeries = "pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload";
    private const string Mechanisms =
        "pipe, fifo, unix, tcp, udp, vsock, netlink, pty, eventfd, mq, sysv_msg, sysv_sem, "
        + "sysv_shm, shm, file_map, futex, signal, process_vm, io_uring";

    private const string Operations =
        "read, write, send, receive, peek, connect, accept, shutdown, open, unlink, notify, get, control, wait, "
        + "post, wake, attach, detach, map, unmap, remap, truncate, sync, pass, take, getfd";

    private static string Error(string text, FilterScopes scope = FilterScopes.Operation)
    {
        Assert.False(FilterParser.TryParse(text, scope, out FilterExpression? filter, out FilterError? error));
        Assert.Null(filter);
        return error.ToString();
    }

    [Theory]
    [InlineData("size > 1 and durration > 5ms", $"column 14: unknown field \"durration\" (did you mean \"duration\"?); allowed: {OfOperations}")]
    [InlineData("vessel = x", $"column 1: unknown field \"vessel\"; allowed: {OfOperations}")]
    [InlineData("executable = x", $"column 1: executable is not known of single operations, only of flows and metrics; allowed here: {OfOperations}")]
    [InlineData("\"pid\" = 1", $"column 1: found \"pid\"; allowed: not, \"(\", a field ({OfOperations})")]
    [InlineData("and pid = 1", $"column 1: found \"and\"; allowed: not, \"(\", a field ({OfOperations})")]
    [InlineData("pid = 1 and", $"column 12: found the end; allowed: not, \"(\", a field ({OfOperations})")]
    [InlineData("!(pid = 1)", $"column 1: found \"!\"; allowed: not, \"(\", a field ({OfOperations}) (the opposite is \"not\")")]
    [InlineData("()", $"column 2: found \")\"; allowed: not, \"(\", a field ({OfOperations})")]
    [InlineData("pid", "column 4: found the end after pid; allowed: = != in not in < <= > >=")]
    [InlineData("pid ~ 1", "column 5: found \"~\" after pid; allowed: = != in not in < <= > >=")]
    [InlineData("pid == 1", "column 5: found \"==\" after pid; allowed: = != in not in < <= > >= (equal is \"=\")")]
    [InlineData("process < a", "column 9: found \"<\" after process; allowed: = != in not in ~ !~")]
    [InlineData("process =~ a", "column 9: found \"=~\" after process; allowed: = != in not in ~ !~ (a regular expression matches with \"~\")")]
    [InlineData("error > EPIPE", "column 7: found \">\" after error; allowed: = != in not in ~ !~")]
    [InlineData("process not ~ a", "column 9: found \"not\" after process; allowed: = != in not in ~ !~")]
    [InlineData("process is a", "column 9: found \"is\" after process; allowed: = != in not in ~ !~")]
    [InlineData("duration >", "column 11: found the end; allowed: a value for duration, such as in duration > 5ms")]
    [InlineData("duration > and", "column 12: found and, a word of the language; write it in quotes if duration has that value")]
    [InlineData("duration > 5", "column 12: \"5\" is no duration; allowed: a number with a unit (ns, us, µs, ms, s, m, h), such as 5ms")]
    [InlineData("duration > -5ms", "column 12: \"-5ms\" is no duration; allowed: a number with a unit (ns, us, µs, ms, s, m, h), such as 5ms")]
    [InlineData("duration > 5 min", "column 12: \"5\" is no duration; allowed: a number with a unit (ns, us, µs, ms, s, m, h), such as 5ms")]
    [InlineData("size > 64K", "column 8: \"64K\" is no size; allowed: bytes, or a number with a unit (B, kB, MB, GB, TB, KiB, MiB, GiB, TiB), such as 64KiB")]
    [InlineData("size = 0.3B", "column 8: \"0.3B\" is no size; allowed: bytes, or a number with a unit (B, kB, MB, GB, TB, KiB, MiB, GiB, TiB), such as 64KiB")]
    [InlineData("pid = one", "column 7: \"one\" is no number; allowed: a whole number")]
    [InlineData("pid = 99999999999999999999", "column 7: \"99999999999999999999\" is no number; allowed: a whole number")]
    [InlineData("mechanism = pip", $"column 13: unknown mechanism \"pip\" (did you mean \"pipe\"?); allowed: {Mechanisms}")]
    [InlineData("mechanism = \"\"", $"column 13: unknown mechanism \"\"; allowed: {Mechanisms}")]
    [InlineData("mechanism = none", $"column 13: unknown mechanism \"none\"; allowed: {Mechanisms}")]
    [InlineData("operation in (read, recieve)", $"column 21: unknown operation \"recieve\" (did you mean \"receive\"?); allowed: {Operations}")]
    [InlineData("via = uring", "column 7: unknown via \"uring\"; allowed: syscall, io_uring, kernel")]
    [InlineData("detail = coalesce", "column 10: unknown detail \"coalesce\" (did you mean \"coalesced\"?); allowed: \"\" for none, ignored, coalesced, overflow, truncated, file, or a mechanism")]
    [InlineData("wait > 5", "column 8: \"5\" is no duration; allowed: a number with a unit (ns, us, µs, ms, s, m, h), such as 5ms")]
    [InlineData("error = EPIP", "column 9: unknown error \"EPIP\" (did you mean \"EPIPE\"?); allowed: \"\" for none, or a name of errno(3) such as EPIPE")]
    [InlineData("process = node-exporter-main", "column 11: \"node-exporter-main\" has 18 bytes, and no process has more than 15: try \"node-exporter-m\"")]
    [InlineData("process = éééééééé", "column 11: \"éééééééé\" has 16 bytes, and no process has more than 15: try \"ééééééé\"")]
    [InlineData("process ~ \"[a\"", "column 11: \"[a\" is no regular expression: Unterminated [] set (at character 3)")]
    [InlineData("process ~ '(?=a)b'", "column 11: \"(?=a)b\" could take too long to match; allowed: regular expressions without backreferences, look-around and huge repetitions")]
    [InlineData("process ~ '((a{1000}){1000}){1000}'", "column 11: \"((a{1000}){1000}){1000}\" could take too long to match; allowed: regular expressions without backreferences, look-around and huge repetitions")]
    [InlineData("mechanism ~ '('", "column 13: \"(\" is no regular expression: Not enough )'s (at character 2)")]
    [InlineData("process = \"redis", "column 11: the quote \" is not closed")]
    [InlineData("process = 'a''", "column 11: the quote ' is not closed")]
    [InlineData("process in redis", "column 12: found \"redis\" after in; allowed: values in brackets, such as process in (a, b)")]
    [InlineData("process in ()", "column 13: found \")\"; allowed: a value for process, such as in process = redis-server")]
    [InlineData("process in (a b)", "column 15: found \"b\"; allowed: \",\" and a further value, \")\"")]
    [InlineData("process in (a,)", "column 15: found \")\"; allowed: a value for process, such as in process = redis-server")]
    [InlineData("process in (a", "column 14: found the end; allowed: \",\" and a further value, \")\"")]
    [InlineData("process = a b", "column 13: found \"b\"; allowed: and, or, the end")]
    [InlineData("pid = 1 && pid = 2", "column 9: found \"&&\"; allowed: and, or, the end (both is \"and\")")]
    [InlineData("(pid = 1 || pid = 2)", "column 10: found \"||\"; allowed: and, or, \")\" for the \"(\" in column 1 (either is \"or\")")]
    [InlineData("pid = 1 not pid = 2", "column 9: found \"not\"; allowed: and, or, the end")]
    [InlineData("pid = 1, tid = 2", "column 8: found \",\"; allowed: and, or, the end")]
    [InlineData("(pid = 1", "column 9: found the end; allowed: and, or, \")\" for the \"(\" in column 1")]
    [InlineData("pid = 1)", "column 8: \")\" without \"(\"")]
    [InlineData("pid >< 1", "column 6: found \"<\"; allowed: a value for pid, such as in pid in (4312, 981)")]
    public void AnErrorHasOnePlaceAndOneMessage(string text, string error) => Assert.Equal(error, Error(text));

    [Fact]
    public void MetricsDoNotKnowSingleOperations() =>
        Assert.Equal($"column 1: duration is not known of metrics, only of single operations; allowed here: {OfSeries}", Error("duration > 1s", FilterScopes.Series));

    [Fact]
    public void ALongFilterIsRefused() => Assert.Equal("column 4097: the filter has 5000 characters; allowed: 4096", Error(new string('a', 5000)));

    [Fact]
    public void ADeepFilterIsRefused()
    {
        Assert.Equal("column 65: nested too deep; allowed: 64 levels", Error(new string('(', 1000)));
        Assert.True(FilterParser.TryParse($"{new string('(', 64)}pid = 1{new string(')', 64)} and {new string('(', 64)}pid = 1{new string(')', 64)}", FilterScopes.Any, out _, out _));
    }

    [Fact]
    public void AMessageDoesNotCommandTheTerminal() => Assert.StartsWith("column 1: unknown field \"\uFFFD[31m\"", Error("\u001b[31m = 1"), StringComparison.Ordinal);

    // Whatever is typed, there is a filter or an error within the text, and no exception.
    [Fact]
    public void NoTextMakesTheParserFail()
    {
        string[] pieces = ["pid", "process", "size", "error", "mechanism", "duration", "=", "!=", "~", "!~", "<", ">=", "in", "not", "and", "or", "(", ")", ",", "\"", "'", "5ms", "5", "µs", "KiB", "pipe", "[", "^a*", "EPIPE", " ", "\t", "é", "\uD800", "\\", "!"];
        var random = new Random(4711);
        int good = 0;
        for (int round = 0; round < 10_000; round++)
        {
            string text = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (FilterParser.TryParse(text, FilterScopes.Any, out FilterExpression? filter, out FilterError? error))
            {
                good++;
                filter?.Matches(new FakeSubject());
            }
            else
            {
                Assert.InRange(error.Column, 1, text.Length + 1);
            }
        }
        Assert.True(good > 10, $"only {good} were filters");
    }
}
