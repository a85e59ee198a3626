using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>What follows from the kind of an operation.</summary>
internal static class OperationTraits
{
    /// <summary>Whether data leaves the process (or a connection is asked for).</summary>
    public static bool IsOutward(Operation operation) => operation is Operation.Write or Operation.Send or Operation.Connect;

    /// <summary>Whether the operation moves or shows data.</summary>
    public static bool HasSize(Operation operation) => operation is not (Operation.Connect or Operation.Accept or Operation.Shutdown);

    /// <summary>Whether the call would have had to wait (EAGAIN) or goes on by itself (EINPROGRESS): no operation and no error.</summary>
    public static bool WouldBlock(in OperationRecord record) => record.Result is -11 or -115;
}
