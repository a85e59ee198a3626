using System.Text.RegularExpressions;
using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs;

/// <summary>What strace saw of a program and its descendants: every call on a pipe or socket, and how often each call was made.</summary>
internal sealed partial class StraceLog
{
    // What tells whose a call is and which socket it means: sockets and threads come into being, handlers end.
    private static readonly string[] Beside = ["socket", "socketpair", "clone", "clone3", "execve", "rt_sigreturn"];

    private readonly StraceCall[] _calls;
    private readonly Dictionary<string, (ulong Calls, ulong Errors)> _summary;
    private readonly Dictionary<ulong, Mechanism> _sockets = [];
    private readonly Dictionary<uint, uint> _siblings = []; // which thread of its process has made a thread

    private StraceLog(string[] log)
    {
        _calls = [.. StraceCall.Parse(log)];
        _summary = StraceSummary.Parse(log);
        foreach (StraceCall call in _calls)
        {
            Note(call);
        }
        Entries =
        [
            .. StraceRestart.Settle(_calls).SelectMany(Translate)
                .GroupBy(entry => (entry.Pid, entry.Mechanism, entry.Channel, entry.Operation))
                .Select(group => group.First() with { Tally = Tally.Sum(group.Select(entry => entry.Tally)) }),
        ];
        Pids = [.. _calls.Select(call => ProcessOf(call.Thread))];
    }

    /// <summary>By process and channel.</summary>
    internal IReadOnlyList<Entry> Entries { get; }

    internal HashSet<uint> Pids { get; }

    /// <summary>The command that runs a program under strace, with both its log and (-C) the table of -c in one file.</summary>
    internal static string[] Command(string log, params string[] command) =>
    [
        "strace", "-f", "-C", "-y", "-s", "2", "-o", log, // -s: of payload nothing is needed, of a socketpair both ends
        "-e", "trace=" + string.Join(',', Ways.All.Concat(Beside)),
        .. command,
    ];

    internal static StraceLog Read(string path) => new(File.ReadAllLines(path));

    /// <summary>How often a call was made, as <c>strace -c</c> counts it.</summary>
    internal ulong Calls(string name) => _summary.GetValueOrDefault(name).Calls;

    /// <summary>Fails unless the log has as many lines, and as many failures, as strace counted.</summary>
    internal void AssertComplete()
    {
        foreach (string name in _summary.Keys.Union(_calls.Select(call => call.Name)))
        {
            StraceCall[] lines = [.. _calls.Where(call => call.Name == name)];
            (ulong, ulong) read = ((ulong)lines.Length, (ulong)lines.Count(call => call.Errno.Length > 0));
            Assert.True(read == _summary.GetValueOrDefault(name),
                $"strace -c counted {_summary.GetValueOrDefault(name)} of {name} (calls, errors), its log tells {read}");
        }
    }

    // Which sockets come into being, and which threads belong to whom.
    private void Note(StraceCall call)
    {
        switch (call.Name)
        {
            case "socket" or "socketpair":
                Mechanism mechanism = MechanismOf(call.Arguments);
                foreach (Match socket in Descriptor().Matches(call.Arguments + call.Result))
                {
                    _sockets[ulong.Parse(socket.Groups["inode"].Value)] = mechanism;
                }
                break;
            case "accept" or "accept4":
                if (Descriptor().Match(call.Result) is { Success: true } accepted)
                {
                    (Mechanism same, _) = ChannelOf(Descriptor().Match(call.Arguments));
                    _sockets[ulong.Parse(accepted.Groups["inode"].Value)] = same;
                }
                break;
            case "clone" or "clone3" when call.Errno.Length == 0 && call.Arguments.Contains("CLONE_THREAD", StringComparison.Ordinal):
                _siblings[uint.Parse(call.Result)] = call.Thread;
                break;
        }
    }

    private IEnumerable<Entry> Translate(StraceCall call)
    {
        foreach ((int position, Operation onPipe, Operation onSocket) in Ways.Of(call))
        {
            // The nth argument that is a descriptor; one that is closed is printed bare.
            MatchCollection descriptors = Descriptor().Matches(call.Arguments);
            Match? descriptor = position == 0
                ? descriptors.FirstOrDefault(match => match.Index == 0)
                : descriptors.FirstOrDefault(match => match.Index > 0);
            if (descriptor is not null && ChannelOf(descriptor) is (not Mechanism.None, _) channel)
            {
                (Mechanism mechanism, ulong inode) = channel;
                Operation operation = mechanism == Mechanism.Pipe ? onPipe : onSocket;
                yield return new Entry(ProcessOf(call.Thread), "", mechanism, inode, operation, TallyOf(call, operation));
            }
        }
    }

    private static Tally TallyOf(StraceCall call, Operation operation)
    {
        Tally tally = new();
        if (call.Errno.Length > 0)
        {
            tally.Fail(call.Errno);
        }
        else
        {
            tally.Succeed(operation is Operation.Accept or Operation.Connect or Operation.Shutdown or Operation.Peek
                ? 0
                : ulong.Parse(call.Result));
        }
        return tally;
    }

    // Not IPC (netlink …): None.
    private (Mechanism Mechanism, ulong Inode) ChannelOf(Match descriptor)
    {
        ulong inode = ulong.Parse(descriptor.Groups["inode"].Value);
        if (descriptor.Groups["kind"].Value == "pipe")
        {
            return (Mechanism.Pipe, inode);
        }
        Assert.True(_sockets.TryGetValue(inode, out Mechanism mechanism), $"strace did not see how socket:[{inode}] was made");
        return (mechanism, inode);
    }

    private uint ProcessOf(uint thread) => _siblings.TryGetValue(thread, out uint maker) ? ProcessOf(maker) : thread;

    private static Mechanism MechanismOf(string arguments) => arguments switch
    {
        _ when arguments.StartsWith("AF_UNIX,", StringComparison.Ordinal) => Mechanism.Unix,
        _ when !arguments.StartsWith("AF_INET", StringComparison.Ordinal) => Mechanism.None,
        _ when arguments.Contains("SOCK_STREAM", StringComparison.Ordinal) => Mechanism.Tcp,
        _ when arguments.Contains("SOCK_DGRAM", StringComparison.Ordinal) => Mechanism.Udp,
        _ => Mechanism.None,
    };

    [GeneratedRegex(@"\d+<(?<kind>pipe|socket):\[(?<inode>\d+)\]>")]
    private static partial Regex Descriptor();
}
