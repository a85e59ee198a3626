using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Cli;

public sealed class PeerNamesTests
{
    private const uint Gone = 4_194_303;
    private readonly FakeClock _clock = new();

    private static string Self => $"{File.ReadAllText("/proc/self/comm").TrimEnd('\n')}[{Environment.ProcessId}]";

    private string Of(OperationRecord record, Channel? channel = null) => new PeerNames(new ChannelIndex(_clock), _clock).Of(record, channel);

    private static OperationRecord Signal(Operation operation, uint peer, Via via = Via.Syscall)
    {
        OperationRecord record = Operations.Send().With(Mechanism.Signal, operation);
        record.Flow = record.Flow with { Via = via };
        record.Peer = peer;
        return record;
    }

    private static Channel Receiver => new(new ChannelKey(981, 15, 0), Mechanism.Signal) { Name = "SIGTERM → redis[981]", Peer = "redis[981]" };

    [Fact]
    public void Without_more_it_is_that_of_the_channel()
    {
        Assert.Equal("redis[981]", Of(Operations.Send(), Operations.Socket()));
        Assert.Equal("", Of(Operations.Send()));
    }

    [Fact]
    public void What_the_operation_tells_goes_before_the_channel()
    {
        OperationRecord record = Operations.Send();
        record.Peer = (uint)Environment.ProcessId;
        Assert.Equal(Self, Of(record, Operations.Socket()));
    }

    [Fact]
    public void A_signal_has_a_receiver_for_its_sender_and_a_sender_for_its_receiver()
    {
        Assert.Equal("redis[981]", Of(Signal(Operation.Send, 981), Receiver));
        Assert.Equal(Self, Of(Signal(Operation.Receive, (uint)Environment.ProcessId), Receiver));
        Assert.Equal("kernel", Of(Signal(Operation.Receive, 0, Via.Kernel), Receiver));
        Assert.Equal("", Of(Signal(Operation.Receive, 0), Receiver));
    }

    [Fact]
    public void A_process_that_has_ended_is_known_by_its_flows_or_its_number()
    {
        OperationRecord record = Operations.Send();
        record.Peer = Gone;
        Assert.Equal($"[{Gone}]", Of(record));
        using var capture = new FakeCapture(new CaptureOptions());
        capture.Source.SetFlows(Samples.Flow(Samples.Process("gzip", Gone), 1));
        var index = new ChannelIndex(_clock) { Source = capture.Source };
        index.Find(new ChannelKey(1, 14, 0));
        Assert.Equal($"gzip[{Gone}]", new PeerNames(index, _clock).Of(record, null));
    }
}
