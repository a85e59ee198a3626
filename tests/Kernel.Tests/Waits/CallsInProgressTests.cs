using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>What is read of threads that are inside a call, those that were there before the programs included.</summary>
public sealed class CallsInProgressTests(BeforeAndAfter scenes) : IClassFixture<BeforeAndAfter>
{
    // Who reads came to run so long before, at most; 0 of it would do, were it alone on the machine.
    private const ulong Slack = 100_000_000;

    public static TheoryData<string, string, Mechanism, Operation> Blocked => new()
    {
        { "full-pipe", "writer", Mechanism.Pipe, Operation.Write },
        { "full-unix", "writer", Mechanism.Unix, Operation.Send },
        { "full-datagrams", "writer", Mechanism.Unix, Operation.Send },
        { "full-tcp", "writer", Mechanism.Tcp, Operation.Send },
        { "full-sysv-msg", "writer", Mechanism.SysvMsg, Operation.Send },
        { "full-mq", "writer", Mechanism.Mq, Operation.Send },
        { "held-set", "waiter", Mechanism.SysvSem, Operation.Wait },
        { "held-mutex", "waiter", Mechanism.Futex, Operation.Wait },
        { "held-inheriting", "waiter", Mechanism.Futex, Operation.Wait },
        { "idle-pair", "first", Mechanism.Unix, Operation.Receive },
        { "idle-servers", "accepts", Mechanism.Unix, Operation.Accept },
        { "idle-servers", "receives", Mechanism.SysvMsg, Operation.Receive },
        { "idle-workers", "three", Mechanism.Futex, Operation.Wait },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public void CallsBeforeAndAfterTheAttachAreOneAndTheSameChannel(string name, string role, Mechanism mechanism, Operation operation)
    {
        (Role before, Role after) = (scenes.Before(name, role), scenes.After(name, role));
        CallInProgress old = The(scenes.Session, before.Pid), young = The(scenes.Session, after.Pid);
        Assert.Equal((mechanism, operation, true), (old.Flow.Mechanism, old.Flow.Operation, old.IsFromBefore));
        Assert.Equal((mechanism, operation, false), (young.Flow.Mechanism, young.Flow.Operation, young.IsFromBefore));
        Assert.InRange(young.Begin, after.Before, after.After);
        // The scheduler knows since when a thread sleeps, though nobody saw the call begin.
        Assert.InRange(old.Begin, before.Before, before.After + Slack);
        Assert.Equal((CallState.Asleep, CallState.Asleep), (old.State, young.State));
        Assert.Equal((WaitReasons.Reason(mechanism, operation), old.Call, false), (young.Reason, young.Call, young.HasTimeLimit));
        // What the registers tell is what the entry of the call would have told: a second session says so of the younger one.
        CallInProgress again = The(scenes.Late, after.Pid);
        Assert.Equal((young.Flow, young.Channel, young.Tid, true), (again.Flow, again.Channel, again.Tid, again.IsFromBefore));
        Assert.Equal((young.Futex, young.Semaphore, young.Changer, young.HasTimeLimit), (again.Futex, again.Semaphore, again.Changer, again.HasTimeLimit));
    }

    private static CallInProgress The(CaptureSession session, uint pid) => Assert.Single(session.ReadCalls(), call => call.Pid == pid);
}
