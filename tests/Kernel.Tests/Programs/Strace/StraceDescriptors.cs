using System.Text.RegularExpressions;
using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>What the descriptors in a log are, as <c>-y</c> prints them: sockets, FIFOs and queues only have numbers or names.</summary>
internal sealed partial class StraceDescriptors
{
    private readonly Dictionary<ulong, Mechanism> _sockets = [];
    private readonly HashSet<string> _fifos = [];
    private readonly HashSet<string> _queues = [];
    private readonly HashSet<(ulong, string)> _readEnds = [];

    /// <summary>Which calls <see cref="Note"/> needs.</summary>
    internal static IEnumerable<string> Calls => ["socket", "socketpair", "pipe", "pipe2", "mknod", "mknodat", "mq_open"];

    /// <summary>The channel of a descriptor; one that is closed or no channel is <see cref="Mechanism.None"/>.</summary>
    internal (Mechanism Mechanism, ulong Inode) ChannelOf(string argument)
    {
        string what = Target(argument);
        Match numbered = Numbered().Match(what);
        if (!numbered.Success)
        {
            return (what switch
            {
                "anon_inode:[eventfd]" => Mechanism.Eventfd,
                "/dev/ptmx" or "/dev/tty" => Mechanism.Pty,
                _ when what.StartsWith("/dev/pts/", StringComparison.Ordinal) => Mechanism.Pty,
                _ when _fifos.Contains(what) => Mechanism.Fifo,
                _ when _queues.Contains(what) => Mechanism.Mq,
                _ => Mechanism.None,
            }, 0);
        }
        ulong inode = ulong.Parse(numbered.Groups["inode"].Value);
        if (numbered.Groups["kind"].Value == "pipe")
        {
            return (Mechanism.Pipe, inode);
        }
        Assert.True(_sockets.TryGetValue(inode, out Mechanism mechanism), $"strace did not see how socket:[{inode}] was made");
        return (mechanism, inode);
    }

    /// <summary>What kind of memory a mapping of a descriptor is.</summary>
    internal static Mechanism MemoryOf(string argument) => Target(argument) switch
    {
        var file when InMemory(file) => Mechanism.Shm,
        var file when file.StartsWith('/') && !Unmapped().IsMatch(file) => Mechanism.FileMap,
        _ => Mechanism.None,
    };

    /// <summary>Whether a path is one of shm_open(3), or of memfd_create(2).</summary>
    internal static bool InMemory(string path) =>
        path.StartsWith("/dev/shm/", StringComparison.Ordinal) || path.StartsWith("/memfd:", StringComparison.Ordinal);

    /// <summary>Whether an anonymous pipe's descriptor has the number of its read end.</summary>
    internal bool IsReadEnd(string argument) =>
        _readEnds.Contains((ChannelOf(argument).Inode, argument.Split('<')[0]));

    /// <summary>Remembers what a call brings into being.</summary>
    internal void Note(StraceCall call)
    {
        switch (call.Name)
        {
            case "socket" or "socketpair":
                foreach (Match socket in Socket().Matches(call.Text + call.Result))
                {
                    _sockets[ulong.Parse(socket.Groups["inode"].Value)] = MechanismOf(call.Text);
                }
                break;
            case "accept" or "accept4" when Socket().Match(call.Result) is { Success: true } accepted:
                _sockets[ulong.Parse(accepted.Groups["inode"].Value)] = ChannelOf(call.Argument(0)).Mechanism;
                break;
            case "pipe" or "pipe2" when call.Succeeded:
                string read = call.Argument(0).TrimStart('[').Split(',')[0];
                _readEnds.Add((ChannelOf(read).Inode, read.Split('<')[0]));
                break;
            case "mknod" or "mknodat" when call.Text.Contains("S_IFIFO", StringComparison.Ordinal):
                _fifos.Add(Path.GetFullPath(call.Argument(call.Name == "mknod" ? 0 : 1).Trim('"')));
                break;
            case "mq_open" when call.Succeeded:
                _queues.Add(Target(call.Result));
                break;
        }
    }

    /// <summary>What <c>-y</c> prints behind the number of a descriptor, or empty.</summary>
    private static string Target(string argument) => Open().Match(argument).Groups["what"].Value;

    private static Mechanism MechanismOf(string arguments) => arguments switch
    {
        _ when arguments.StartsWith("AF_UNIX,", StringComparison.Ordinal) => Mechanism.Unix,
        _ when arguments.StartsWith("AF_NETLINK,", StringComparison.Ordinal) => Mechanism.Netlink,
        _ when arguments.StartsWith("AF_VSOCK,", StringComparison.Ordinal) => Mechanism.Vsock,
        _ when !arguments.StartsWith("AF_INET", StringComparison.Ordinal) => Mechanism.None,
        _ when arguments.Contains("SOCK_STREAM", StringComparison.Ordinal) => Mechanism.Tcp,
        _ when arguments.Contains("SOCK_DGRAM", StringComparison.Ordinal) => Mechanism.Udp,
        _ => Mechanism.None,
    };

    [GeneratedRegex(@"^\d+<(?<what>.*)>(\(deleted\))?$")]
    private static partial Regex Open();

    [GeneratedRegex(@"^(?<kind>pipe|socket):\[(?<inode>\d+)\]$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\d+<socket:\[(?<inode>\d+)\]>")]
    private static partial Regex Socket();

    // What is no regular file.
    [GeneratedRegex("^/(dev|proc|sys)/")]
    private static partial Regex Unmapped();
}
