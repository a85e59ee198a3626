using System.Text;
using Ipcscope.Api;
using Ipcscope.Cli;
using Ipcscope.Cli.Bench;
using Ipcscope.Config;
using Ipcscope.Filters;
using Ipcscope.Tests.Filters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Ipcscope.Tests.Hostile;

/// <summary>What is read from outside is understood or refused in harmless words, and never ends the agent.</summary>
public sealed class InputTests
{
    private static readonly string[] Words =
    [
        "pid", "process", "mechanism", "duration", "size", "error", "operation", "and", "or", "not", "in", "(", ")", "=", "!=", "~", "!~", "<", ">", ">=", ",", "\"a\"", "'b'", "\"(a+)+$\"",
        "5ms", "64KiB", "1", "99999999999999999999", "-1", "pipe", "unix", "send", "EPIPE", "\"", "'", "\\", "\"\\", "[", "*", "\"[\"",
    ];

    private static readonly string[] Lines =
    [
        "mechanisms:", "  pipe: true", "  futex: {enabled: true, private: [", "filter: 'pid=1'", "aggregation: {", "  mode: ring", "metrics:", "  listen: \"[::1]:0\"", "  labels: [pid, pid]",
        "  tls: {certificateFile: /a}", "log: &a {level: debug}", "*a", "---", "...", "? x", "- - -", "!!binary x", "%YAML 1.2", "\"", "'", "{", "[", "}", "]", ": :", "\t", "|", ">", "#",
    ];

    // What ipcscope bench --save writes, and parts of it.
    private static readonly string[] Recorded =
    [
        "{\"schema\":1,\"kind\":\"machine\",", "{\"schema\":1,\"kind\":\"mechanism\",", "\"mechanism\":\"pipe\",", "\"agent\":true,", "\"rounds\":3,", "\"rounds\":1e99,",
        "\"failure\":null,", "\"note\":7,", "}", "\n", "[[[[", "\"schema\":-1", "{\"schema\":{}}", "null", "\0",
    ];

    private static readonly string[] Parameters = ["limit", "offset", "sort", "group", "filter", "limits", "", "filter[]"];

    private static readonly string[] Values = ["1", "0", "-1", "10000", "99999999999", "operations", "bytes", "process", "pod", "pid = 1", "process = \"a", "((((", "%", "1e3", "٣"];

    [Fact]
    public void Queries_of_the_API_are_understood_or_refused() => Property.Holds(random =>
    {
        string text = string.Join('&', Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            $"{(random.Next(8) == 0 ? HostileText.Text(random, 30) : Parameters[random.Next(Parameters.Length)])}={(random.Next(4) == 0 ? HostileText.Text(random, 200) : Values[random.Next(Values.Length)])}"));
        try
        {
            var query = new Query(new QueryCollection(QueryHelpers.ParseQuery(text)), "limit", "offset", "sort", "group", "filter");
            Assert.InRange(query.Limit, 1, 10000);
            Assert.True(query.Offset >= 0);
            Assert.True(Enum.IsDefined(query.Order) && Enum.IsDefined(query.Group));
            _ = query.Filter();
        }
        catch (RequestFault fault)
        {
            Assert.Equal(StatusCodes.Status400BadRequest, fault.Status);
            Assert.True(HostileText.IsHarmless(fault.Message), fault.Message);
        }
    });

    [Fact]
    public void Recorded_files_are_understood_or_refused() => Property.Holds(random =>
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, random.Next(4) == 0
                ? HostileText.Bytes(random, 1000)
                : Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(10) == 0 ? HostileText.Text(random, 30) : Recorded[random.Next(Recorded.Length)]))));
            _ = BenchFile.Load(path);
        }
        catch (CommandException fault)
        {
            Assert.Equal(2, fault.ExitStatus);
            Assert.All(fault.Messages, message => Assert.True(HostileText.IsHarmless(message), message));
        }
        finally
        {
            File.Delete(path);
        }
    });

    [Fact]
    public void Filters_are_understood_or_refused() => Property.Holds(random =>
    {
        string text = random.Next(4) == 0
            ? HostileText.Text(random)
            : string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(10) == 0 ? HostileText.Text(random, 10) : Words[random.Next(Words.Length)]));
        if (!FilterParser.TryParse(text, FilterScopes.Any, out FilterExpression? filter, out FilterError? error))
        {
            Assert.True(HostileText.IsHarmless($"{error}"), $"{error}");
            return;
        }
        if (filter is null)
        {
            Assert.True(string.IsNullOrWhiteSpace(text), text); // it lets everything through
            return;
        }
        bool matches = filter.Matches(new FakeSubject());
        // What it says of itself means the same.
        Assert.True(FilterParser.TryParse($"{filter}", FilterScopes.Any, out FilterExpression? again, out error), $"{text} became {filter}: {error}");
        Assert.Equal(matches, again!.Matches(new FakeSubject()));
    });

    [Fact]
    public void A_filter_may_be_nested_as_deeply_as_a_request_allows()
    {
        foreach (string open in (string[])["(", "not ", "not ("])
        {
            string text = string.Concat(Enumerable.Repeat(open, 8192 / open.Length)) + "pid=1";
            _ = FilterParser.TryParse(text, FilterScopes.Any, out _, out _);
        }
    }

    [Fact]
    public void Configurations_are_understood_or_refused() => Property.Holds(random =>
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, random.Next(4) == 0
                ? HostileText.Bytes(random, 1000)
                : [.. Enumerable.Range(0, random.Next(1, 10)).SelectMany(_ => (byte[])[.. random.Next(8) == 0 ? HostileText.Bytes(random, 30) : Encoding.UTF8.GetBytes(Lines[random.Next(Lines.Length)]), (byte)'\n'])]);
            ConfigResult<AgentOptions> result = ConfigLoader.Load<AgentOptions>(path, new Dictionary<string, string>());
            Assert.True(result.Options is null == result.Faults.Count > 0);
            Assert.All(result.Faults, fault => Assert.True(HostileText.IsHarmless($"{fault}"), $"{fault}"));
        }
        finally
        {
            File.Delete(path);
        }
    });
}
