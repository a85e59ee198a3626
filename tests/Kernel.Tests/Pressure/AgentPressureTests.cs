using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Pressure;

/// <summary>Short forms with the binary as users have it.</summary>
[Collection(nameof(ProductGroup))]
public sealed class AgentPressureTests
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task ManyScrapes()
    {
        using RunningAgent agent = new($"filter: process = {PressureWork.Name}");
        Uri address = new($"http://127.0.0.1:{agent.Port}/metrics");
        Task<(HttpStatusCode Status, string Page)>[] scrapes = [.. Enumerable.Range(0, 300).Select(_ => ScrapeAsync(address))];
        PressureWork.Do("move", 50_000);
        (HttpStatusCode Status, string Page)[] answers = await Task.WhenAll(scrapes);
        // An agent may refuse what is too much, but what it answers is whole.
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable]));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.OK), answer => Assert.NotEmpty(MetricsPage.Parse(answer.Page).Named("ipcscope_seen_total")));
        AssertCounted(agent, 50_000);
    }

    [Fact]
    public void AnAgentThatWasStoppedForAWhile()
    {
        using RunningAgent agent = new($"filter: process = {PressureWork.Name}\naggregation: {{ maxFlows: 1024 }}");
        Signals.Send(agent.Pid, Signals.Stop);
        PressureWork.Do("channels", 4_000);
        PressureWork.Do("move", 50_000);
        Signals.Send(agent.Pid, Signals.Continue);
        AssertCounted(agent, 54_000);
        MetricsPage page = agent.Scrape();
        double Of(string family) => page.Named(family).Single(sample => sample["stage"] == "table").Value;
        double lost = page.Named("ipcscope_lost_total").Single(sample => sample["cause"] == "flow_table_full").Value;
        Assert.True(lost > 0);
        Assert.Equal((108_000.0, 108_000 - lost), (Of("ipcscope_seen_total"), Of("ipcscope_counted_total")));
    }

    [Fact]
    public async Task AReaderThatNeverReads()
    {
        using Process trace = Binary.Start([Binary.Path, "trace", "-o", "json", "-m", "pipe", "-c", PressureWork.Name]);
        // One line, for a sign that it has begun: some of what is done until then is seen.
        Task<string?> first = trace.StandardOutput.ReadLineAsync();
        ulong before = 0;
        Assert.True(Eventually.Get(
            () =>
            {
                PressureWork.Do("move", 1);
                before += 2;
                return first.IsCompleted;
            },
            begun => begun, TimeSpan.FromSeconds(20)));
        PressureWork.Do("move", 200_000);
        Task<string> error = trace.StandardError.ReadToEndAsync();
        Signals.Send(trace.Id, Signals.Terminate); // SIGINT is ignored where the tests run in the background
        using (CancellationTokenSource patience = new(TimeSpan.FromSeconds(20)))
        using (patience.Token.Register(trace.Kill))
        {
            await trace.WaitForExitAsync(CancellationToken.None);
        }
        string[] lines = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, trace.ExitCode); // not killed
        JsonElement summary = JsonDocument.Parse(lines.Single(line => line.StartsWith('{'))).RootElement;
        (ulong tableSeen, _, _) = Stage(summary, "table");
        (ulong ringSeen, ulong read, ulong ringLost) = Stage(summary, "ring");
        (ulong made, ulong written, ulong slow) = Stage(summary, "output");
        Assert.InRange(tableSeen, 400_000UL, 400_000UL + before);
        Assert.Equal((tableSeen, tableSeen), (ringSeen, read + ringLost));
        Assert.Equal((read, made), (made, written + slow));
        Assert.NotEqual(0UL, slow);
        Assert.Equal((ringLost, slow), (Cause(summary, "ring_full"), Cause(summary, "consumer_slow")));
    }

    private static (ulong Seen, ulong Counted, ulong Lost) Stage(JsonElement summary, string name)
    {
        JsonElement stage = summary.GetProperty("stages").GetProperty(name);
        return (stage.GetProperty("seen").GetUInt64(), stage.GetProperty("counted").GetUInt64(), stage.GetProperty("lost").GetUInt64());
    }

    private static ulong Cause(JsonElement summary, string name) =>
        summary.GetProperty("losses").TryGetProperty(name, out JsonElement count) ? count.GetUInt64() : 0;

    private static void AssertCounted(RunningAgent agent, double each) => Assert.Equal((each, each), Eventually.Get(
        () => (Sum(agent, "write"), Sum(agent, "read")), counted => counted == (each, each), TimeSpan.FromSeconds(10)));

    // Those that found no slot are other's.
    private static double Sum(RunningAgent agent, string operation) => agent.Scrape().Named("ipc_operations_total")
        .Where(sample => sample["mechanism"] == "pipe" && sample["operation"] == operation).Sum(sample => sample.Value);

    private static async Task<(HttpStatusCode Status, string Page)> ScrapeAsync(Uri address)
    {
        using HttpResponseMessage response = await Client.GetAsync(address);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
