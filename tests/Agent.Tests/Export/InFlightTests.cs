using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Export;

public sealed class InFlightTests
{
    [Fact]
    public async Task The_longest_call_of_each_identity_and_operation_is_shown_while_it_lasts()
    {
        IReadOnlyList<CallInProgress> calls = [Call(77, Operation.Write, 3), Call(77, Operation.Write, 40), Call(77, Operation.Read, 5), Call(78, Operation.Write, 2)];
        await using MetricsServer server = await MetricsServer.StartAsync(new FakeFlows(), calls: () => calls);
        Assert.Equal(
            [
                "ipc_in_flight_seconds_max{process=\"sh\",pid=\"77\",mechanism=\"pipe\",operation=\"read\"} 5",
                "ipc_in_flight_seconds_max{process=\"sh\",pid=\"77\",mechanism=\"pipe\",operation=\"write\"} 40",
                "ipc_in_flight_seconds_max{process=\"sh\",pid=\"78\",mechanism=\"pipe\",operation=\"write\"} 2",
            ],
            await Lines(server));
        calls = [];
        Assert.Empty(await Lines(server));
    }

    [Fact]
    public async Task Beyond_the_budget_calls_are_of_others()
    {
        IReadOnlyList<CallInProgress> calls = [Call(77, Operation.Write, 40), Call(78, Operation.Write, 30), Call(79, Operation.Write, 20)];
        await using MetricsServer server = await MetricsServer.StartAsync(new FakeFlows(), new MetricsOptions { MaxSeries = 1 }, () => calls);
        Assert.Equal(
            [
                "ipc_in_flight_seconds_max{process=\"other\",pid=\"other\",mechanism=\"pipe\",operation=\"write\"} 30",
                "ipc_in_flight_seconds_max{process=\"sh\",pid=\"77\",mechanism=\"pipe\",operation=\"write\"} 40",
            ],
            await Lines(server));
    }

    private static async Task<string[]> Lines(MetricsServer server) =>
        [.. (await server.ScrapeAsync()).Split('\n').Where(line => line.StartsWith("ipc_in_flight_seconds_max{", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static CallInProgress Call(uint pid, Operation operation, ulong seconds) => new()
    {
        Flow = new FlowKey(new ProcessKey(pid, pid, 1), new ChannelKey(7, 12, 0), Mechanism.Pipe, operation),
        Tid = pid,
        Name = "sh",
        Channel = "pipe:[7]",
        Info = default,
        Begin = 0,
        Age = seconds * 1_000_000_000,
    };
}
