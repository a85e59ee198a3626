using System.Text;
using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Cli;

public sealed class LsTests
{
    private static readonly Descriptor[] Machine =
    [
        Pipe(77, "sh", 1, "w"),
        Pipe(78, "gzip", 0, "r"),
        Pipe(78, "gzip", 7, "r"),
        Socket(981, "redis-server", 6, 100, 101, "/run/redis.sock"),
        Socket(4312, "producer", 3, 101, 100, ""),
    ];

    private static Descriptor Pipe(uint pid, string name, int fd, string mode) => new()
    {
        Process = new ProcessKey(pid, pid, 0),
        Name = name,
        Fd = fd,
        Readable = mode.Contains('r', StringComparison.Ordinal),
        Writable = mode.Contains('w', StringComparison.Ordinal),
        Key = new ChannelKey(5, 14, 0),
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
        Queue = QueueState.Unknown with { Unit = QueueUnit.Buffers, Items = new QueueLevel(16, 16), Bytes = new QueueLevel(5000, 65536) },
    };

    private static Descriptor Socket(uint pid, string name, int fd, ulong inode, ulong peer, string path)
    {
        ChannelInfo info = new() { Mechanism = Mechanism.Unix, Kind = ChannelKind.Stream, Family = 1, PeerInode = peer, PathLength = (byte)path.Length };
        Encoding.UTF8.GetBytes(path, info.Path);
        return new Descriptor
        {
            Process = new ProcessKey(pid, pid, 0),
            Name = name,
            Fd = fd,
            Readable = true,
            Writable = true,
            Key = new ChannelKey(inode, 8, 0),
            Info = info,
            Peer = new ChannelKey(peer, 8, 0),
            Queue = QueueState.Unknown with { Unit = QueueUnit.Messages, Items = new QueueLevel(1, -1), Bytes = new QueueLevel(2048, -1), Sent = new QueueLevel(768, 212992) },
        };
    }

    private static Typed Ls(params string[] arguments) => Typed.Run(new Seams { OpenEnds = () => new FakeEnds(Machine) }, ["ls", .. arguments]);

    [Fact]
    public void Channels_are_shown_with_their_holders() => Assert.Equal(
        [
            "CHANNEL           KIND         FILL                          HOLDERS",
            "pipe:[5]          pipe         16/16 buffers, 4.9 KiB        sh[77]:1w gzip[78]:0r,7r",
            "/run/redis.sock   unix stream  2 KiB, sent 768 B of 208 KiB  redis-server[981]:6rw",
            "socket:[101]      unix stream  2 KiB, sent 768 B of 208 KiB  producer[4312]:3rw",
        ],
        Ls().OutputLines);

    [Theory]
    [InlineData("--peers")]
    [InlineData("-o", "wide")]
    public void Both_ends_are_shown_with_how_well_they_are_known(params string[] arguments) => Assert.Equal(
        [
            "PEERS",
            "sh[77] exact → gzip[78] exact",
            "producer[4312] exact",
            "redis-server[981] exact",
        ],
        Ls(["channels", .. arguments]).OutputLines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[^1].Trim()));

    [Fact]
    public void Peers_are_of_channels_only()
    {
        Typed typed = Ls("processes", "--peers");
        Assert.Equal((2, "ipcscope: --peers is for ls channels (see ipcscope ls --help)"), (typed.Status, typed.ErrorLines[0]));
    }

    [Fact]
    public void A_channel_keeps_all_holders_when_one_is_asked_for() =>
        Assert.EndsWith("sh[77]:1w gzip[78]:0r,7r", Ls("-c", "sh").OutputLines[1], StringComparison.Ordinal);

    [Fact]
    public void Processes_are_counted_by_mechanism() => Assert.Equal(
        [
            " PID  PROCESS        PIPE   UNIX  DESCRIPTORS",
            "  77  sh                1      0            1",
            "  78  gzip              1      0            2",
            " 981  redis-server      0      1            1",
            "4312  producer          0      1            1",
        ],
        Ls("processes").OutputLines);

    [Fact]
    public void Json_has_base_units() => Assert.Equal(
        [
            """{"schema":1,"channel":"pipe:[5]","mechanism":"pipe","kind":"pipe","inode":5,"listening":false,"queued_buffers":16,"capacity_buffers":16,"queued_bytes":5000,"capacity_bytes":65536,"peer":"sh[77] exact → gzip[78] exact","writers":[{"process":"sh","pid":77,"certainty":"exact"}],"readers":[{"process":"gzip","pid":78,"certainty":"exact"}],"holders":[{"process":"sh","pid":77,"descriptors":[{"fd":1,"mode":"w"}]},{"process":"gzip","pid":78,"descriptors":[{"fd":0,"mode":"r"},{"fd":7,"mode":"r"}]}]}""",
            """{"schema":1,"channel":"/run/redis.sock","mechanism":"unix","kind":"unix stream","inode":100,"listening":false,"queued_messages":1,"queued_bytes":2048,"sent_memory_bytes":768,"sent_memory_limit_bytes":212992,"peer":"producer[4312] exact","peer_inode":101,"writers":[{"process":"producer","pid":4312,"certainty":"exact"}],"readers":[{"process":"producer","pid":4312,"certainty":"exact"}],"holders":[{"process":"redis-server","pid":981,"descriptors":[{"fd":6,"mode":"rw"}]}]}""",
        ],
        Ls("-o", "json").OutputLines[..2]);

    [Fact]
    public void Processes_as_json() => Assert.Equal(
        """{"schema":1,"process":"gzip","pid":78,"channels":{"pipe":1},"descriptors":2}""", Ls("processes", "-o", "json").OutputLines[1]);
}
