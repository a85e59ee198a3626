using System.Text;
using Ipcscope.Config;
using Ipcscope.Filters;
using Ipcscope.Tests.Filters;

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
