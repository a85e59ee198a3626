using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>Which way an operation moves something, seen from the process.</summary>
internal enum DataDirection
{
    /// <summary>It moves nothing.</summary>
    None,
    /// <summary>Away: data, a descriptor, a connection asked for, leave to go on.</summary>
    Out,
    /// <summary>Towards it.</summary>
    In,
}

/// <summary>What follows from the kind of an operation.</summary>
internal static class OperationTraits
{
    /// <summary>Which way it moves something.</summary>
    public static DataDirection Direction(Operation operation) => operation switch
    {
        Operation.Write or Operation.Send or Operation.Connect or Operation.Pass or Operation.Post or Operation.Wake or Operation.Sync => DataDirection.Out,
        Operation.Read or Operation.Receive or Operation.Peek or Operation.Accept or Operation.Take or Operation.Getfd or Operation.Wait => DataDirection.In,
        _ => DataDirection.None,
    };

    /// <summary>Whether the operation moves or shows data, or has the length of memory. A signal and a message between rings have no bytes.</summary>
    public static bool HasSize(Mechanism mechanism, Operation operation) => operation switch
    {
        Operation.Send or Operation.Receive => mechanism is not (Mechanism.Signal or Mechanism.IoUring),
        Operation.Read or Operation.Write or Operation.Peek => true,
        Operation.Map or Operation.Unmap or Operation.Remap or Operation.Truncate or Operation.Sync or Operation.Attach => true,
        _ => false,
    };

    /// <summary>Whether the call would have had to wait (EAGAIN) or goes on by itself (EINPROGRESS): no operation and no error.</summary>
    public static bool WouldBlock(in OperationRecord record) => record.Result is -11 or -115;
}
