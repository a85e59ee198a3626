using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>Which way data goes.</summary>
internal static class Direction
{
    /// <summary>Whether it counts along an edge: data put in, a signal sent, waiters woken, another's memory read or written.</summary>
    public static bool IsPut(in FlowMove move) =>
        move.Mechanism == Mechanism.ProcessVm || move.Operation is Operation.Write or Operation.Send or Operation.Post or Operation.Wake;

    /// <summary>Whether it tells who is at the far end.</summary>
    public static bool IsTake(in FlowMove move) =>
        move.Mechanism != Mechanism.ProcessVm && move.Operation is Operation.Read or Operation.Receive or Operation.Wait;

    /// <summary>Whether it comes from the process that the channel names: memory read, a descriptor fetched.</summary>
    public static bool IsFetch(in FlowMove move) =>
        move.Mechanism == Mechanism.ProcessVm && move.Operation is Operation.Read or Operation.Getfd;

    /// <summary>The same as who is at the far end sees it.</summary>
    public static FlowMove FarSide(in FlowMove move, Process process) => move with
    {
        Process = process,
        Operation = move.Operation switch
        {
            Operation.Write when move.Mechanism != Mechanism.ProcessVm => Operation.Read,
            Operation.Send => Operation.Receive,
            Operation.Post or Operation.Wake => Operation.Wait,
            _ => move.Operation,
        },
    };

    /// <summary>Whether what one put in comes out whole: then operations are shared by operations, not by bytes.</summary>
    public static bool IsMessages(Channel channel) => channel.Mechanism switch
    {
        Mechanism.Pipe or Mechanism.Fifo or Mechanism.Tcp or Mechanism.Pty => false,
        Mechanism.Unix or Mechanism.Vsock => channel.Kind != ChannelKind.Stream,
        _ => true,
    };
}
