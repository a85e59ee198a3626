using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Filters;

public sealed class SubjectTests
{
    private static readonly ProcessKey Key = new(StartTime: 1, Pid: 4312, ExecId: 2);
    private static readonly ChannelKey Pipe = new(Inode: 123, Device: 13, Guard: 0);

    private static OperationRecord Record(long result)
    {
        OperationRecord record = new()
        {
            Kind = RecordKind.Operation,
            Tid = 4313,
            Flow = new(Key, Pipe, Mechanism.Pipe, Operation.Write, Cgroup: 77),
            Duration = 5000,
            Result = result,
        };
        "gzip\0"u8.CopyTo(record.Comm);
        return record;
    }

    [Fact]
    public void AnOperationIsReadAsTheKernelWroteIt()
    {
        var channel = new Channel(Pipe, Mechanism.Pipe) { Name = "pipe:[123]", Peer = "x" };
        OperationSubject subject = new OperationSubject(Ipcscope.Enrich.Places.OfIds).Of(Record(64), channel, "x");
        Assert.Equal(
            (4312u, 4313u, "gzip", Mechanism.Pipe, Operation.Write, "pipe:[123]", "x", 64ul, 5000ul, 0, 77ul),
            (subject.Pid, subject.Tid, subject.Process, subject.Mechanism, subject.Operation, subject.Channel, subject.Peer, subject.Size, subject.DurationNs, subject.Error, subject.Cgroup));
        Assert.Same(subject.Process, subject.Of(Record(1), null, "").Process);
        Assert.Equal("", subject.Channel);
    }

    [Fact]
    public void AFailedOperationHasAnErrorAndNoSize()
    {
        OperationSubject subject = new OperationSubject(Ipcscope.Enrich.Places.OfIds).Of(Record(-32), null, "");
        Assert.Equal((0ul, 32), (subject.Size, subject.Error));
    }

    [Fact]
    public void HowAnOperationWasAskedForAndHowLongItSleptAreRead()
    {
        OperationRecord record = Record(64);
        record.Flow = record.Flow with { Via = Via.IoUring };
        record.Flags = OperationMarks.Waited;
        OperationSubject subject = new OperationSubject(Ipcscope.Enrich.Places.OfIds).Of(record, null, "");
        Assert.Equal((Via.IoUring, "", 5000ul), (subject.Via, Details.Words[subject.Detail], subject.WaitNs));
        record.Flow = record.Flow with { Mechanism = Mechanism.Signal, Operation = Operation.Send, Detail = (byte)SignalFate.Ignored };
        record.Flags = OperationMarks.Unmeasured;
        subject.Of(record, null, "");
        Assert.Equal(("ignored", 0ul), (Details.Words[subject.Detail], subject.WaitNs));
        FlowSubject flow = new FlowSubject(Ipcscope.Enrich.Places.OfIds).Of(
            new SeriesSample { Mechanism = Mechanism.Unix, Operation = Operation.Take, Detail = (byte)Mechanism.Eventfd, Via = Via.IoUring });
        Assert.Equal((Via.IoUring, "eventfd"), (flow.Via, Details.Words[flow.Detail]));
    }

    [Fact]
    public void AFlowAndASeriesAreReadAsTheyAre()
    {
        var process = new Process(Key, "gzip", 77) { Executable = "/bin/gzip" };
        var channel = new Channel(Pipe, Mechanism.Pipe) { Name = "pipe:[123]", Peer = "x" };
        var subject = new FlowSubject(Ipcscope.Enrich.Places.OfIds);
        subject.Of(new FlowSample { Process = process, Channel = channel, Operation = Operation.Read });
        Assert.Equal(
            (4312u, "gzip", "/bin/gzip", 77ul, Mechanism.Pipe, Operation.Read, "pipe:[123]", "x"),
            (subject.Pid, subject.Process, subject.Executable, subject.Cgroup, subject.Mechanism, subject.Operation, subject.Channel, subject.Peer));
        subject.Of(new SeriesSample { Process = process, Mechanism = Mechanism.Fifo, Operation = Operation.Write });
        Assert.Equal((4312u, Mechanism.Fifo, Operation.Write, ""), (subject.Pid, subject.Mechanism, subject.Operation, subject.Channel));
    }

    [Theory]
    [InlineData(AggregationMode.Kernel, "process = a and cgroup = 1", null)]
    [InlineData(AggregationMode.Kernel, "duration > 1s", "column 1: duration is not known of metrics, only of single operations; allowed here: pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload, or aggregation.mode ring")]
    [InlineData(AggregationMode.Kernel, "pid = 1 and (", "column 14: found the end; allowed: not, \"(\", a field (pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload)")]
    [InlineData(AggregationMode.Ring, "process = a and cgroup = 1 and duration > 1s and error != \"\"", null)]
    [InlineData(AggregationMode.Ring, "error = EPIPE", "the kernel cannot decide this condition on error, and metrics do not know it; allowed: fields of metrics (pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload), duration > or >=, error != \"\"")]
    public void TheDaemonRefusesWhatSumsCannotTell(AggregationMode mode, string filter, string? error)
    {
        var options = new AgentOptions { Filter = filter, Aggregation = new() { Mode = mode }, Mechanisms = [Mechanism.Pipe] };
        FilterPlan? plan = DaemonFilter.Plan(options, out FilterError? fault);
        Assert.Equal(error, fault?.ToString());
        if (error is null)
        {
            Assert.Equal([Mechanism.Pipe], plan!.Kernel.Mechanisms);
            Assert.Equal("cgroup = 1", plan.Remainder!.ToString());
        }
    }
}
