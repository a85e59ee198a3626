using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Cli;

/// <summary>Short ways to say what a program did.</summary>
internal static class Operations
{
    /// <summary>The example of shared/design/interface.md: 512 bytes sent in 41 µs.</summary>
    public static OperationRecord Send(string process = "producer", uint pid = 4312, long result = 512) => new()
    {
        Kind = RecordKind.Operation,
        Tid = pid + 1,
        Flow = new FlowKey(new ProcessKey(1, pid, 0), new ChannelKey(4711, 8, 0), Mechanism.Unix, Operation.Send, Cgroup: 99),
        Begin = 5_114_201_300,
        Duration = 41_230,
        Result = result,
        Comm = Name(Encoding.UTF8.GetBytes(process)),
    };

    public static OperationRecord With(this OperationRecord record, Mechanism mechanism, Operation operation)
    {
        record.Flow = record.Flow with { Mechanism = mechanism, Operation = operation };
        return record;
    }

    public static OperationRecord With(this OperationRecord record, OperationMarks marks)
    {
        record.Flags = marks;
        return record;
    }

    public static Channel Socket(string peer = "redis[981]") =>
        new(new ChannelKey(4711, 8, 0), Mechanism.Unix) { Name = "socket:[4711]", Peer = peer };

    public static Comm Name(byte[] bytes)
    {
        Comm comm = default;
        bytes.AsSpan(0, Math.Min(bytes.Length, Comm.Length)).CopyTo(comm);
        return comm;
    }
}
