using System.Buffers.Binary;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Objects;

namespace Ipcscope.Waits;

/// <summary>Tells from a call's arguments what it is about: as the programs do at its entry (bpf/syscall.bpf.c), as far as calls can sleep for others.</summary>
/// <param name="ends">Who has which descriptor.</param>
internal sealed class FarSubjects(ChannelEnds ends)
{
    private const int WordBytes = 4;

    private readonly Dictionary<(uint Pid, int Fd), Descriptor> _descriptors = ends.Descriptors.GroupBy(descriptor => (descriptor.Pid, descriptor.Fd)).ToDictionary(same => same.Key, same => same.First());

    /// <summary>The subject; null if it is no channel, or the call does not wait for another process.</summary>
    internal FarSubject? Of(uint pid, RegisterCall call)
    {
        ulong[] arguments = call.Arguments;
        return call.Entry.Call switch
        {
            Call.SocketCall => SocketCall(pid, arguments),
            Call.Read or Call.RecvFrom or Call.RecvMsg or Call.RecvMmsg => OfDescriptor(pid, arguments[0], Operation.Receive),
            Call.Write or Call.SendTo or Call.SendMsg or Call.SendMmsg => OfDescriptor(pid, arguments[0], Operation.Send),
            Call.Connect => OfDescriptor(pid, arguments[0], Operation.Connect),
            Call.Accept => OfDescriptor(pid, arguments[0], Operation.Accept),
            Call.MqSend => OfDescriptor(pid, arguments[0], Operation.Send, arguments[4] != 0),
            Call.MqReceive => OfDescriptor(pid, arguments[0], Operation.Receive, arguments[4] != 0),
            Call.MsgSnd => SystemV(pid, Mechanism.SysvMsg, arguments[0], Operation.Send),
            Call.MsgRcv => SystemV(pid, Mechanism.SysvMsg, arguments[0], Operation.Receive),
            Call.SemOp => SystemV(pid, Mechanism.SysvSem, arguments[0], Operation.Wait, arguments[3] != 0 && call.Entry.Name != "semop"),
            Call.Ipc => Multiplexed(pid, arguments),
            Call.Futex or Call.FutexWait or Call.FutexWaitV => FarFutexes.Find(pid, call),
            Call.Open or Call.OpenAt => FifoOpens.Find(pid, call, ends),
            _ => null,
        };
    }

    // socketcall(2): the arguments of the call that it stands for lie in memory (include/uapi/linux/net.h).
    private FarSubject? SocketCall(uint pid, ulong[] arguments)
    {
        Operation operation = arguments[0] switch
        {
            3 => Operation.Connect,
            5 or 18 => Operation.Accept,
            9 or 11 or 16 or 20 => Operation.Send,
            10 or 12 or 17 or 19 => Operation.Receive,
            _ => Operation.None,
        };
        Span<byte> first = stackalloc byte[WordBytes];
        return operation != Operation.None && ThreadFiles.TryReadMemory(pid, arguments[1], first)
            ? OfDescriptor(pid, BinaryPrimitives.ReadUInt32LittleEndian(first), operation) : null;
    }

    // ipc(2), include/uapi/linux/ipc.h.
    private static FarSubject? Multiplexed(uint pid, ulong[] arguments) => (arguments[0] & 0xffff) switch
    {
        1 => SystemV(pid, Mechanism.SysvSem, arguments[1], Operation.Wait),
        4 => SystemV(pid, Mechanism.SysvSem, arguments[1], Operation.Wait, arguments[5] != 0),
        11 => SystemV(pid, Mechanism.SysvMsg, arguments[1], Operation.Send),
        12 => SystemV(pid, Mechanism.SysvMsg, arguments[1], Operation.Receive),
        _ => null,
    };

    private FarSubject? OfDescriptor(uint pid, ulong fd, Operation operation, bool hasTimeLimit = false)
    {
        if (!_descriptors.TryGetValue((pid, (int)fd), out Descriptor? descriptor))
        {
            return null;
        }
        Operation named = operation switch
        {
            Operation.Receive => DataOperations.Taking(descriptor.Info.Mechanism),
            Operation.Send => DataOperations.Giving(descriptor.Info.Mechanism),
            _ => operation,
        };
        return new FarSubject(descriptor.Key, descriptor.Info, named) { HasTimeLimit = hasTimeLimit };
    }

    private static FarSubject? SystemV(uint pid, Mechanism mechanism, ulong id, Operation operation, bool hasTimeLimit = false)
    {
        uint ns = NamespaceNumber.Read($"{pid}", "ipc");
        return ns != 0
            ? new FarSubject(new ChannelKey((uint)id, ns, (uint)mechanism), new ChannelInfo { Mechanism = mechanism, Id = (uint)id, Ns = ns }, operation) { HasTimeLimit = hasTimeLimit }
            : null;
    }
}
