using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Calls on queues and semaphores that are no descriptors of the common kind: POSIX queues and System V, sysvipc(7).</summary>
internal static class QueueCalls
{
    /// <summary>Stands for all of a namespace's objects.</summary>
    internal const uint NoId = uint.MaxValue;

    internal static IEnumerable<string> Calls =>
    [
        "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr",
        "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop", "semtimedop", "semctl", "shmget", "shmctl",
    ];

    internal static IEnumerable<Act> Translate(StraceCall call, StraceDescriptors descriptors)
    {
        switch (call.Name)
        {
            case "mq_open":
                return [Act.Of(call, Mechanism.Mq, 0, Operation.Open)];
            case "mq_unlink":
                return [Act.Of(call, Mechanism.Mq, 0, Operation.Unlink)];
            case "mq_timedsend" or "mq_timedreceive" or "mq_notify" or "mq_getsetattr"
                when descriptors.ChannelOf(call.Argument(0)).Mechanism == Mechanism.Mq:
                return [OnQueue(call)];
            case "msgget" or "semget" or "shmget":
                return [Act.Of(call, MechanismOf(call), call.Succeeded ? call.Value : Key(call), Operation.Get)];
            case "msgctl" or "semctl" or "shmctl":
                return [Act.Of(call, MechanismOf(call), Id(call), Operation.Control)];
            case "msgsnd":
                return [Act.Of(call, Mechanism.SysvMsg, Id(call), Operation.Send, call.NumberAt(2))];
            case "msgrcv" when call.Text.Contains("MSG_COPY", StringComparison.Ordinal):
                return [Act.Of(call, Mechanism.SysvMsg, Id(call), Operation.Peek)];
            case "msgrcv":
                return [Act.Of(call, Mechanism.SysvMsg, Id(call), Operation.Receive, call.Succeeded ? call.Value : 0)];
            case "semop" or "semtimedop":
                return [Act.Of(call, Mechanism.SysvSem, Id(call), OnlyAdds(call) ? Operation.Post : Operation.Wait)];
            default:
                return [];
        }
    }

    private static Act OnQueue(StraceCall call) => call.Name switch
    {
        "mq_timedsend" => Act.Of(call, Mechanism.Mq, 0, Operation.Send, call.NumberAt(2)),
        "mq_timedreceive" => Act.Of(call, Mechanism.Mq, 0, Operation.Receive, call.Succeeded ? call.Value : 0),
        "mq_notify" => Act.Of(call, Mechanism.Mq, 0, Operation.Notify),
        _ => Act.Of(call, Mechanism.Mq, 0, Operation.Control),
    };

    private static Mechanism MechanismOf(StraceCall call) => call.Name[..3] switch
    {
        "msg" => Mechanism.SysvMsg,
        "sem" => Mechanism.SysvSem,
        _ => Mechanism.SysvShm,
    };

    // Of what there is no id: told apart from ids by what is above its 32 bits.
    private static ulong Key(StraceCall call) => 1UL << 32 | (call.Argument(0) == "IPC_PRIVATE" ? 0 : call.NumberAt(0));

    private static uint Id(StraceCall call) => (uint)call.NumberAt(0);

    private static bool OnlyAdds(StraceCall call) =>
        call.Argument(1).Split("sem_op=").Skip(1).All(part => part[0] is not ('-' or '0'));
}
