using System.Collections.ObjectModel;
using System.Globalization;

namespace Ipcscope.Dashboard.Tests.Fake;

/// <summary>
/// What a made-up agent sees: channel i is a pipe from process 1000 + i to the next one. The busy ones do i + 1 operations of 100 bytes more in each interval than
/// in the one before.
/// </summary>
public sealed class FakeWorld(string node, int channels, int busy)
{
    private int _ticks;
    private readonly List<int> _gone = [];

    public string Node { get; } = node;

    public int Channels { get; } = channels;

    /// <summary>Findings that it tells, as JSON.</summary>
    public Collection<string> Findings { get; } = [];

    public string Snapshot() => Message(Enumerable.Range(0, Channels).Where(i => !_gone.Contains(i)), [], Bounds);

    /// <summary>What the filter lets through: channel 0 as it is now.</summary>
    public string First(bool snapshot) => Message([0], [], snapshot ? Bounds : "");

    /// <summary>What differs after one more interval.</summary>
    public string Delta(params int[] gone)
    {
        _ticks++;
        _gone.AddRange(gone);
        return Message(Enumerable.Range(0, busy).Where(i => !_gone.Contains(i)), gone, "");
    }

    public string Channel(int i)
    {
        int rate = i < busy ? (i + 1) * (_ticks + 1) : 0;
        return $$$"""
            {"id":"c{{{i}}}","channel":"pipe:[{{{5000 + i}}}]","mechanism":"pipe","kind":"pipe","inode":{{{5000 + i}}},"operations":{{{(i + 1) * 1000L}}},"errors":0,"would_block":0,"written_bytes":{{{(i + 1) * 50_000L}}},"read_bytes":{{{(i + 1) * 50_000L}}},"operations_per_second":{{{rate}}},"written_bytes_per_second":{{{rate * 50}}},"read_bytes_per_second":{{{rate * 50}}},"errors_per_second":0,"duration_p50_seconds":0.0005,"duration_p99_seconds":{{{Number(0.001 * (i + 1))}}},"delivery_p50_seconds":0.001,"delivery_p99_seconds":0.02,"wait_full_seconds_per_second":{{{Number(i == 0 ? 0.5 : 0)}}},"wait_empty_seconds_per_second":0.1,"wait_lock_seconds_per_second":0,"queue":{"bytes":512,"limit":65536,"high_water":4096},"listening":false,"endpoints":[{"process_id":"{{{1000 + i}}}-77","process":"writer","pid":{{{1000 + i}}},"direction":"write","certainty":"exact"},{"process_id":"{{{1001 + i}}}-77","process":"reader","pid":{{{1001 + i}}},"direction":"read","certainty":"observed"}],"longest_wait":null}
            """;
    }

    public string Process(int i)
    {
        int rate = i < busy ? (i + 1) * (_ticks + 1) : 0;
        return $$$"""
            {"id":"{{{1000 + i}}}-77","process":"writer","pid":{{{1000 + i}}},"executable":"/usr/bin/writer","user":"root","cgroup":"/","operations":{{{(i + 1) * 1000L}}},"operations_per_second":{{{rate}}},"mechanisms":["pipe"],"channels":2,"longest_wait":null}
            """;
    }

    /// <summary>What it answers beside the stream.</summary>
    public (int Status, string Type, string Body) Answer(string path, string query) => path switch
    {
        "/api/v1/channels/c0" => (200, "application/json", Channel(0)[..^1] + ",\"flows\":[{\"process_id\":\"1000-77\",\"operations\":1000}]}"),
        "/api/v1/channels" when query.Contains("filter=bad", StringComparison.Ordinal) => (400, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"filter\",\"status\":400,\"detail\":\"bad is no field\"}"),
        "/api/v1/channels" => (200, "application/json", $"{{\"schema\":1,\"time\":\"{Now}\",\"interval_seconds\":1,\"total\":2,\"offset\":0,\"limit\":1000,\"items\":[{Channel(0)},{Channel(1)}]}}"),
        "/api/v1/objects" => (200, "application/json", $$"""{"schema":1,"time":"{{Now}}","interval_seconds":1,"total":1,"offset":0,"limit":1000,"items":[{"id":"shm-5","mechanism":"sysv_shm","key":5}]}"""),
        "/api/v1/graph" => (200, "application/json", $$"""{"schema":1,"time":"{{Now}}","interval_seconds":1,"nodes":[{"id":"n0","kind":"name","name":"writer"}],"edges":[{"id":"e0","source":"n0","destination":"n0","mechanism":"pipe","operations_per_second":7,"channel_ids":["c0"]}]}"""),
        "/api/v1/operations" => (200, "text/event-stream", "data: {\"schema\":1,\"operation\":\"write\"}\n\nevent: end\ndata: {}\n\n"),
        _ => (404, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"not found\",\"status\":404,\"detail\":\"it is not there\"}"),
    };

    private const string Bounds = ",\"latency_bounds_seconds\":[0.001,0.01,0.1]";

    private static string Now => DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture);

    private string Message(IEnumerable<int> set, int[] gone, string more)
    {
        int[] items = [.. set];
        string health = $$"""{"schema":1,"time":"{{Now}}","node":"{{Node}}","version":"0.1.0","kernel":"6.18.0","architecture":"x64","started":"2026-01-01T00:00:00Z","interval_seconds":1,"ready":true,"mode":"kernel","attachment":"tracepoints","programs":60,"flows":{{2 * Channels}},"flows_limit":16384,"channels":{{Channels}},"processes":{{Channels}},"operations":{{_ticks}},"operations_per_second":{{_ticks}},"losses":[],"cost":{"cpu_seconds":1.5,"cpu_share":0.004,"resident_bytes":26000000},"viewers":1,"missing":[]}""";
        string nodes = string.Join(',', items.Select(i => $$"""{"id":"{{1000 + i}}-77","kind":"process","name":"writer","pid":{{1000 + i}},"process_id":"{{1000 + i}}-77"}"""));
        string edges = string.Join(',', items.Select(i => $$"""{"id":"e{{i}}","source":"{{1000 + i}}-77","destination":"{{1001 + i}}-77","mechanism":"pipe","operations":{{i}},"bytes":{{i}},"operations_per_second":{{_ticks}},"bytes_per_second":{{_ticks}},"wait_share":0,"certainty":"exact","channel_ids":["c{{i}}"]}"""));
        string goneChannels = string.Join(',', gone.Select(i => $"\"c{i}\""));
        return $$"""{"schema":1,"time":"{{Now}}","interval_seconds":1,"health":{{health}},"channels":{"set":[{{string.Join(',', items.Select(Channel))}}],"gone":[{{goneChannels}}]},"processes":{"set":[{{string.Join(',', items.Select(Process))}}],"gone":[]},"nodes":{"set":[{{nodes}}],"gone":[]},"edges":{"set":[{{edges}}],"gone":[]},"findings":{"set":[{{string.Join(',', Findings)}}],"gone":[]},"latency":[{"mechanism":"pipe","counts":[90,9,1,0]}]{{more}}}""";
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
