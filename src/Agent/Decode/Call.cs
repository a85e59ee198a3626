namespace Ipcscope.Decode;

/// <summary>What sys_enter and sys_exit do with a call, <c>enum call</c> of the contract.</summary>
internal enum Call : byte
{
    None, Read, Write, SendTo, RecvFrom, SendMsg, RecvMsg, SendMmsg, RecvMmsg,
    Connect, Accept, Shutdown, Splice, Tee, SendFile, VmSplice,
    SocketCall, Ipc, Restart, Open, OpenAt, MemFd,
    MqOpen, MqUnlink, MqSend, MqReceive, MqNotify, MqAttributes,
    MsgGet, MsgSnd, MsgRcv, MsgCtl, SemGet, SemOp, SemCtl, ShmGet, ShmAt, ShmDt, ShmCtl,
    MMap, MMapBlock, MUnmap, MRemap, MSync, FTruncate,
    Futex, FutexWait, FutexWake, FutexRequeue, FutexWaitV,
    Kill, TgKill, PidFdSignal, SigWait, VmRead, VmWrite, PTrace, GetFd, UringEnter,
}

/// <summary>What calls are about.</summary>
internal static class CallTraits
{
    private static readonly Mechanism[] Sockets = [Mechanism.Unix, Mechanism.Tcp, Mechanism.Udp, Mechanism.Vsock, Mechanism.Netlink];
    private static readonly Mechanism[] Pipes = [Mechanism.Pipe, Mechanism.Fifo];
    private static readonly Mechanism[] Descriptors = [.. Pipes, .. Sockets, Mechanism.Pty, Mechanism.Eventfd];
    private static readonly Mechanism[] Memory = [Mechanism.Shm, Mechanism.FileMap, Mechanism.SysvShm];

    /// <summary>What can be done through an io_uring.</summary>
    internal static readonly Mechanism[] Uring = [.. Descriptors, Mechanism.Futex, Mechanism.IoUring];

    /// <summary>Whether the call may be an operation of one of these mechanisms.</summary>
    internal static bool Concerns(this Call call, IReadOnlyCollection<Mechanism> mechanisms) => Mechanisms(call).Any(mechanisms.Contains);

    private static Mechanism[] Mechanisms(Call call) => call switch
    {
        <= Call.Write or Call.Splice or Call.SendFile => Descriptors,
        Call.Tee or Call.VmSplice => Pipes,
        < Call.Splice or Call.SocketCall => Sockets,
        Call.Ipc => [Mechanism.SysvMsg, Mechanism.SysvSem, Mechanism.SysvShm],
        Call.Restart => [.. Descriptors, Mechanism.Mq, Mechanism.SysvMsg, Mechanism.SysvSem, Mechanism.Futex],
        Call.Open or Call.OpenAt => [Mechanism.Fifo, Mechanism.Shm],
        Call.MemFd or Call.FTruncate => [Mechanism.Shm],
        >= Call.MqOpen and <= Call.MqAttributes => [Mechanism.Mq],
        >= Call.MsgGet and <= Call.MsgCtl => [Mechanism.SysvMsg],
        >= Call.SemGet and <= Call.SemCtl => [Mechanism.SysvSem],
        >= Call.ShmGet and <= Call.ShmCtl => [Mechanism.SysvShm],
        >= Call.MMap and <= Call.MSync => Memory,
        >= Call.Futex and <= Call.FutexWaitV => [Mechanism.Futex],
        >= Call.Kill and <= Call.SigWait => [Mechanism.Signal],
        Call.UringEnter => Uring,
        _ => [Mechanism.ProcessVm],
    };
}
