namespace Ipcscope.Decode;

/// <summary>What a call that slept has waited for.</summary>
public enum WaitReason : byte
{
    /// <summary>The operation waits for nothing that others do.</summary>
    None,
    /// <summary>Room in the channel, or a peer's answer to connect: back-pressure.</summary>
    Full,
    /// <summary>Something to take: an idle reader is no problem.</summary>
    Empty,
    /// <summary>A semaphore or futex that another one holds.</summary>
    Lock,
}

/// <summary>Which operations can wait, and for what (docs/counting.md).</summary>
public static class WaitReasons
{
    /// <summary>What an operation waits for when it sleeps. Sending a signal and passing a descriptor have no duration, so they have no wait either.</summary>
    public static WaitReason Reason(Mechanism mechanism, Operation operation) => (mechanism, operation) switch
    {
        (Mechanism.Signal, Operation.Send) => WaitReason.None,
        (_, Operation.Write or Operation.Send or Operation.Connect) => WaitReason.Full,
        (_, Operation.Read or Operation.Receive or Operation.Peek or Operation.Accept) => WaitReason.Empty,
        (_, Operation.Wait) => WaitReason.Lock,
        _ => WaitReason.None,
    };

    /// <summary>Nanoseconds that an operation has waited; 0 if it did not sleep or its time is not known.</summary>
    public static ulong Waited(in OperationRecord record) =>
        IsTimed(record) && (record.Flags & OperationMarks.Waited) != 0 && Reason(record.Flow.Mechanism, record.Flow.Operation) != WaitReason.None
            ? record.Duration
            : 0;

    /// <summary>Whether the record has a duration of its own.</summary>
    public static bool IsTimed(in OperationRecord record) =>
        (record.Flags & (OperationMarks.Untimed | OperationMarks.Continued | OperationMarks.Unmeasured)) == 0;
}
