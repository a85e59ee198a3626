using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>What sys_enter and sys_exit do with a call, <c>enum call</c> of the contract.</summary>
internal enum Call : byte
{
    None, Read, Write, SendTo, RecvFrom, SendMsg, RecvMsg, SendMmsg, RecvMmsg,
    Connect, Accept, Shutdown, Splice, Tee, SendFile, VmSplice, SocketCall,
}

/// <summary>The numbers of the traced system calls. Sources: arch/x86/entry/syscalls/*.tbl, include/uapi/asm-generic/unistd.h, arch/arm/tools/syscall.tbl.</summary>
internal static class SystemCalls
{
    /// <summary>Entries of the table in the kernel, CALL_TABLE_SIZE.</summary>
    internal const int TableSize = 512;

    /// <summary>A call by its name, number and class.</summary>
    internal readonly record struct Entry(string Name, ushort Number, Call Call);

    private static readonly Entry[] X64 =
    [
        new("read", 0, Call.Read), new("readv", 19, Call.Read), new("preadv2", 327, Call.Read),
        new("write", 1, Call.Write), new("writev", 20, Call.Write), new("pwritev2", 328, Call.Write),
        new("sendto", 44, Call.SendTo), new("recvfrom", 45, Call.RecvFrom),
        new("sendmsg", 46, Call.SendMsg), new("recvmsg", 47, Call.RecvMsg),
        new("sendmmsg", 307, Call.SendMmsg), new("recvmmsg", 299, Call.RecvMmsg),
        new("connect", 42, Call.Connect), new("accept", 43, Call.Accept), new("accept4", 288, Call.Accept),
        new("shutdown", 48, Call.Shutdown), new("splice", 275, Call.Splice), new("tee", 276, Call.Tee),
        new("vmsplice", 278, Call.VmSplice), new("sendfile", 40, Call.SendFile),
    ];

    private static readonly Entry[] I386 =
    [
        new("read", 3, Call.Read), new("readv", 145, Call.Read), new("preadv2", 378, Call.Read),
        new("write", 4, Call.Write), new("writev", 146, Call.Write), new("pwritev2", 379, Call.Write),
        new("socketcall", 102, Call.SocketCall),
        new("sendto", 369, Call.SendTo), new("recvfrom", 371, Call.RecvFrom),
        new("sendmsg", 370, Call.SendMsg), new("recvmsg", 372, Call.RecvMsg),
        new("sendmmsg", 345, Call.SendMmsg), new("recvmmsg", 337, Call.RecvMmsg), new("recvmmsg_time64", 417, Call.RecvMmsg),
        new("connect", 362, Call.Connect), new("accept4", 364, Call.Accept), new("shutdown", 373, Call.Shutdown),
        new("splice", 313, Call.Splice), new("tee", 315, Call.Tee), new("vmsplice", 316, Call.VmSplice),
        new("sendfile", 187, Call.SendFile), new("sendfile64", 239, Call.SendFile),
    ];

    private static readonly Entry[] Arm64 =
    [
        new("read", 63, Call.Read), new("readv", 65, Call.Read), new("preadv2", 286, Call.Read),
        new("write", 64, Call.Write), new("writev", 66, Call.Write), new("pwritev2", 287, Call.Write),
        new("sendto", 206, Call.SendTo), new("recvfrom", 207, Call.RecvFrom),
        new("sendmsg", 211, Call.SendMsg), new("recvmsg", 212, Call.RecvMsg),
        new("sendmmsg", 269, Call.SendMmsg), new("recvmmsg", 243, Call.RecvMmsg),
        new("connect", 203, Call.Connect), new("accept", 202, Call.Accept), new("accept4", 242, Call.Accept),
        new("shutdown", 210, Call.Shutdown), new("splice", 76, Call.Splice), new("tee", 77, Call.Tee),
        new("vmsplice", 75, Call.VmSplice), new("sendfile", 71, Call.SendFile),
    ];

    private static readonly Entry[] Arm =
    [
        new("read", 3, Call.Read), new("readv", 145, Call.Read), new("preadv2", 392, Call.Read),
        new("write", 4, Call.Write), new("writev", 146, Call.Write), new("pwritev2", 393, Call.Write),
        new("send", 289, Call.SendTo), new("recv", 291, Call.RecvFrom),
        new("sendto", 290, Call.SendTo), new("recvfrom", 292, Call.RecvFrom),
        new("sendmsg", 296, Call.SendMsg), new("recvmsg", 297, Call.RecvMsg),
        new("sendmmsg", 374, Call.SendMmsg), new("recvmmsg", 365, Call.RecvMmsg), new("recvmmsg_time64", 417, Call.RecvMmsg),
        new("connect", 283, Call.Connect), new("accept", 285, Call.Accept), new("accept4", 366, Call.Accept),
        new("shutdown", 293, Call.Shutdown), new("splice", 340, Call.Splice), new("tee", 342, Call.Tee),
        new("vmsplice", 343, Call.VmSplice), new("sendfile", 187, Call.SendFile), new("sendfile64", 239, Call.SendFile),
    ];

    /// <summary>The calls of native programs.</summary>
    internal static ReadOnlySpan<Entry> Native(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64 : X64;

    /// <summary>The calls of 32-bit programs.</summary>
    internal static ReadOnlySpan<Entry> Compat(Architecture architecture) => architecture == Architecture.Arm64 ? Arm : I386;

    /// <summary>Fills the kernel's table: native class in the low byte, 32-bit class in the high byte.</summary>
    internal static void Fill(Span<ushort> table, Architecture architecture)
    {
        table.Clear();
        foreach (Entry entry in Native(architecture))
        {
            table[entry.Number] |= (byte)entry.Call;
        }
        foreach (Entry entry in Compat(architecture))
        {
            table[entry.Number] |= (ushort)((byte)entry.Call << 8);
        }
    }

    /// <summary>The name of a call by number: <c>sendmsg</c>; an unknown one in digits.</summary>
    public static string Name(ushort number, bool compat)
    {
        ReadOnlySpan<Entry> entries = compat
            ? Compat(RuntimeInformation.OSArchitecture)
            : Native(RuntimeInformation.OSArchitecture);
        foreach (Entry entry in entries)
        {
            if (entry.Number == number)
            {
                return entry.Name;
            }
        }
        return number.ToString();
    }
}
