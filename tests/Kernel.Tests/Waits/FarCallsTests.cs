using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Calls that /proc has to tell.</summary>
public sealed class FarCallsTests(BeforeAndAfter scenes) : IClassFixture<BeforeAndAfter>
{
    private const ulong Slack = 100_000_000; // as CallsInProgressTests has it

    public static TheoryData<string, string, Mechanism, Operation> Blocked => CallsInProgressTests.Blocked;

    [Theory]
    [MemberData(nameof(Blocked))]
    public void TheRegistersTellWhatTheIteratorTells(string name, string role, Mechanism mechanism, Operation operation)
    {
        uint pid = scenes.Before(name, role).Pid;
        CallInProgress told = Assert.Single(scenes.Session.ReadCalls(), call => call.Pid == pid);
        CallInProgress far = Assert.Single(Far(), call => call.Pid == pid);
        Assert.Equal((mechanism, operation), (far.Flow.Mechanism, far.Flow.Operation));
        Assert.Equal((told.Flow, told.Tid, told.Call, told.Name, told.Cgroup), (far.Flow, far.Tid, far.Call, far.Name, far.Cgroup));
        Assert.Equal((told.Futex, told.HasTimeLimit, told.State, told.Reason, true), (far.Futex, far.HasTimeLimit, far.State, far.Reason, far.IsFromBefore));
        Assert.True(mechanism is Mechanism.SysvMsg or Mechanism.SysvSem || told.Channel == far.Channel, $"{told.Channel} is not {far.Channel}");
        Assert.InRange(far.Begin, scenes.Before(name, role).Before - Slack, scenes.Before(name, role).After + Slack);
    }

    [Fact]
    public void WhoOpensAFifoWaitsForTheOtherEnd()
    {
        using WaitScene scene = new("far-calls");
        List<CallInProgress> calls = Far();
        CallInProgress reader = Assert.Single(calls, call => call.Pid == scene["reader"].Pid), writer = Assert.Single(calls, call => call.Pid == scene["writer"].Pid);
        Assert.Equal((Mechanism.Fifo, Operation.Open, WaitReason.Empty, false), (reader.Flow.Mechanism, reader.Flow.Operation, reader.Reason, reader.OpensToWrite));
        Assert.Equal((Mechanism.Fifo, Operation.Open, WaitReason.Full, true), (writer.Flow.Mechanism, writer.Flow.Operation, writer.Reason, writer.OpensToWrite));
        Assert.Matches("^/tmp/ipcscope-waits-......./to-read$|^/tmp/ipcscope-waits-....../to-read$", reader.Channel);
        Assert.Equal("to-write", writer.Channel);
    }

    [Fact]
    public void TheFirstSharedWordOfManyIsTold()
    {
        using WaitScene scene = new("far-calls");
        CallInProgress vector = Assert.Single(Far(), call => call.Pid == scene["vector"].Pid);
        Assert.Equal((Mechanism.Futex, Operation.Wait, WaitReason.Lock, "futex_waitv"), (vector.Flow.Mechanism, vector.Flow.Operation, vector.Reason, vector.Call));
        Assert.Matches(@"^anonymous:\[\d+\]\+0xc$", vector.Channel);
    }

    [Theory]
    [InlineData(false, "accept")]
    [InlineData(true, "socketcall")]
    public void AServerAcceptsWhateverTheCall(bool compat, string name)
    {
        if (compat && !CompatPrograms.Run)
        {
            return; // tests/run says so
        }
        using WaitScene scene = new("far-calls", compat);
        CallInProgress server = Assert.Single(Far(), call => call.Pid == scene["server"].Pid);
        Assert.Equal((Mechanism.Unix, Operation.Accept, name), (server.Flow.Mechanism, server.Flow.Operation, server.Call));
        Assert.StartsWith($"@scene-far-{server.Pid}", server.Channel, StringComparison.Ordinal);
        string told = Assert.Single(Look().Waits, wait => wait.Call.Pid == server.Pid).Call.Channel;
        Assert.Equal(server.Channel, told);
    }

    [Fact]
    public void OnlyTheWriterThatNobodyReadsIsAProblem()
    {
        using WaitScene scene = new("far-calls");
        Problem problem = Assert.Single(WaitProblems.Find(Look(), Look(), scenes.Session.Flows), problem => problem.Waits.Any(wait => scene.Has(wait.Call.Pid)));
        Assert.Equal((ProblemKind.BackPressure, scene["writer"].Pid), (problem.Kind, Assert.Single(problem.Waits).Call.Pid));
        Assert.Matches(@"^ipcscope-waits\[\d+\] waits for somebody to open to-write for reading for ≥ .*: nobody has it open for reading$", problem.Summary);
    }

    private static List<CallInProgress> Far()
    {
        using var ends = EndReader.Load();
        return [.. new FarCalls(ends.Read(), []).Find()];
    }

    private WaitLook Look()
    {
        using var observer = new WaitObserver(EndReader.Load);
        return observer.Look(scenes.Session.ReadCalls(), scenes.Session.Flows, everyThread: true);
    }
}
