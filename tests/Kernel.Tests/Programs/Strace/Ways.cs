using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>What system calls do to the descriptors among their arguments.</summary>
internal static class Ways
{
    private static readonly (int, Operation, Operation) In = (0, Operation.Read, Operation.Receive);
    private static readonly (int, Operation, Operation) Out = (0, Operation.Write, Operation.Send);
    private static readonly (int, Operation, Operation) Look = (0, Operation.Peek, Operation.Peek);

    private static readonly Dictionary<string, (int Argument, Operation Direct, Operation OnSocket)[]> Table = new()
    {
        ["read"] = [In],
        ["readv"] = [In],
        ["preadv2"] = [In],
        ["recvfrom"] = [In],
        ["recvmsg"] = [In],
        ["recvmmsg"] = [In],
        ["write"] = [Out],
        ["writev"] = [Out],
        ["pwritev2"] = [Out],
        ["sendto"] = [Out],
        ["sendmsg"] = [Out],
        ["sendmmsg"] = [Out],
        ["connect"] = [(0, Operation.Connect, Operation.Connect)],
        ["accept"] = [(0, Operation.Accept, Operation.Accept)],
        ["accept4"] = [(0, Operation.Accept, Operation.Accept)],
        ["shutdown"] = [(0, Operation.Shutdown, Operation.Shutdown)],
        ["sendfile"] = [Out, In with { Item1 = 1 }], // out comes first
        ["splice"] = [In, Out with { Item1 = 2 }],
        ["tee"] = [Look, Out with { Item1 = 1 }],
        ["vmsplice"] = [Out], // or In, by the descriptor's mode
    };

    /// <summary>The calls that can move data through descriptors.</summary>
    internal static IEnumerable<string> All => Table.Keys;

    /// <summary>Which argument is used how: on a socket, and on anything else.</summary>
    internal static (int Argument, Operation Direct, Operation OnSocket)[] Of(StraceCall call) =>
        call.Text.Contains("MSG_PEEK", StringComparison.Ordinal) ? [Look] : Table.GetValueOrDefault(call.Name, []);
}
