using System.Text.RegularExpressions;
using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Calls on pipes, sockets, eventfds and terminals.</summary>
internal sealed partial class DescriptorCalls(StraceDescriptors descriptors)
{
    private const int ControlHeader = 16; // sizeof(struct cmsghdr), cmsg(3)
    private const int DescriptorSize = 4;

    internal IEnumerable<Act> Translate(StraceCall call)
    {
        if (call.Name is "open" or "openat" or "creat")
        {
            // A FIFO that cannot be opened has only a path.
            return descriptors.ChannelOf(call.Result).Mechanism == Mechanism.Fifo
                ? [Act.Of(call, Mechanism.Fifo, 0, Operation.Open)]
                : [];
        }
        return Ways.Of(call).SelectMany(way => Use(call, way));
    }

    private IEnumerable<Act> Use(StraceCall call, (int Argument, Operation Direct, Operation OnSocket) way)
    {
        string argument = call.Argument(way.Argument);
        (Mechanism mechanism, ulong inode) = descriptors.ChannelOf(argument);
        if (mechanism is Mechanism.None or Mechanism.Mq)
        {
            yield break;
        }
        bool isSocket = mechanism is Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink;
        Operation operation = isSocket ? way.OnSocket
            : call.Name == "vmsplice" && descriptors.IsReadEnd(argument) ? Operation.Read
            : way.Direct;
        foreach (ulong bytes in call.Succeeded ? Messages(call) : [0])
        {
            yield return Act.Of(call, mechanism, inode, operation, MovesBytes(operation) ? bytes : 0);
        }
        foreach (Match rights in call.Succeeded ? Rights().Matches(call.Text).AsEnumerable() : [])
        {
            int passed = (int.Parse(rights.Groups["length"].Value) - ControlHeader) / DescriptorSize;
            Operation passing = operation == Operation.Send ? Operation.Pass : Operation.Take;
            for (int i = 0; i < passed; i++)
            {
                yield return Act.Of(call, mechanism, inode, passing);
            }
        }
    }

    private static bool MovesBytes(Operation operation) =>
        operation is not (Operation.Accept or Operation.Connect or Operation.Shutdown or Operation.Peek);

    // The sizes of what one call moved: sendmmsg and recvmmsg give a number of messages, and the size of each with it.
    private static IEnumerable<ulong> Messages(StraceCall call) => call.Name is "sendmmsg" or "recvmmsg"
        ? MessageLength().Matches(call.Argument(1)).Take((int)call.Value).Select(length => ulong.Parse(length.Groups["length"].Value))
        : [call.Value];

    [GeneratedRegex(@"cmsg_len=(?<length>\d+), cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS")]
    private static partial Regex Rights();

    [GeneratedRegex(@"\bmsg_len=(?<length>\d+)")]
    private static partial Regex MessageLength();
}
