using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs;

/// <summary>What system calls do to the descriptors among their arguments. Those that move several messages are left out.</summary>
internal static class Ways
{
    private static readonly (int, Operation, Operation) In = (0, Operation.Read, Operation.Receive);
    private static readonly (int, Operation, Operation) Out = (0, Operation.Write, Operation.Send);

    private static readonly Dictionary<string, (int Position, Operation OnPipe, Operation OnSocket)[]> Table = new()
    {
        ["read"] = [In],
        ["readv"] = [In],
        ["preadv2"] = [In],
        ["recvfrom"] = [In],
        ["recvmsg"] = [In],
        ["write"] = [Out],
        ["writev"] = [Out],
        ["pwritev2"] = [Out],
        ["sendto"] = [Out],
        ["sendmsg"] = [Out],
        ["connect"] = [(0, Operation.Connect, Operation.Connect)],
        ["accept"] = [(0, Operation.Accept, Operation.Accept)],
        ["accept4"] = [(0, Operation.Accept, Operation.Accept)],
        ["shutdown"] = [(0, Operation.Shutdown, Operation.Shutdown)],
        ["sendfile"] = [Out, In with { Item1 = 1 }], // out comes first
        ["splice"] = [In, Out with { Item1 = 1 }],
    };

    private static readonly string[] Untranslated = ["sendmmsg", "recvmmsg", "tee", "vmsplice"];

    /// <summary>The calls that can move data through pipes and sockets.</summary>
    internal static IEnumerable<string> All => Table.Keys.Concat(Untranslated);

    /// <summary>Which descriptor (0: the first argument, 1: a later one) is used how, on a pipe and on a socket.</summary>
    internal static (int Position, Operation OnPipe, Operation OnSocket)[] Of(StraceCall call)
    {
        Assert.False(Untranslated.Contains(call.Name), $"this test can not tell what {call} moved");
        return call.Arguments.Contains("MSG_PEEK", StringComparison.Ordinal)
            ? [(0, Operation.Peek, Operation.Peek)]
            : Table.GetValueOrDefault(call.Name, []);
    }
}
