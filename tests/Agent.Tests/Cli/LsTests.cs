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

    private static Descriptor Pipe(uint pid, string name, int fd, string mode) => new(
        pid, name, fd, mode.Contains('r', StringComparison.Ordinal), mode.Contains('w', StringComparison.Ordinal),
        new ChannelKey(5, 14, 0), new ChannelInfo { Mechanism = Mechanism.Pipe }, 16, 16);

    private static Descriptor Socket(uint pid, string name, int fd, ulong inode, ulong peer, string path)
    {
        ChannelInfo info = new() { Mechanism = Mechanism.Unix, Kind = ChannelKind.Stream, Family = 1, PeerInode = peer, PathLength = (byte)path.Length };
        Encoding.UTF8.GetBytes(path, info.Path);
        return new Descriptor(pid, name, fd, true, true, new ChannelKey(inode, 8, 0), info, 2048, -1);
    }

    private static Typed Ls(params string[] arguments) => Typed.Run(new Seams { ReadSnapshot = () => Machine }, ["ls", .. arguments]);

    [Fact]
    public void Channels_are_shown_with_their_holders() => Assert.Equal(
        [
            "CHANNEL           KIND             FILL  HOLDERS",
            "pipe:[5]          pipe            16/16  sh[77]:1w gzip[78]:0r,7r",
            "/run/redis.sock   unix stream     2 KiB  redis-server[981]:6rw",
            "socket:[101]      unix stream     2 KiB  producer[4312]:3rw",
        ],
        Ls().OutputLines);

    [Fact]
    public void The_other_end_of_a_socket_is_found() => Assert.Equal(
        [
            "CHANNEL           KIND             FILL  HOLDERS                PEER",
            "/run/redis.sock   unix stream     2 KiB  redis-server[981]:6rw  producer[4312]:3rw",
            "socket:[101]      unix stream     2 KiB  producer[4312]:3rw     redis-server[981]:6rw",
        ],
        Ls("channels", "-m", "unix", "-o", "wide").OutputLines);

    [Fact]
    public void A_channel_keeps_all_holders_when_one_is_asked_for() =>
        Assert.Equal("pipe:[5]          pipe     16/16  sh[77]:1w gzip[78]:0r,7r", Ls("-c", "sh").OutputLines[1]);

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
            """{"schema":1,"channel":"pipe:[5]","mechanism":"pipe","kind":"pipe","inode":5,"queued_buffers":16,"capacity_buffers":16,"peer":"","holders":[{"process":"sh","pid":77,"descriptors":[{"fd":1,"mode":"w"}]},{"process":"gzip","pid":78,"descriptors":[{"fd":0,"mode":"r"},{"fd":7,"mode":"r"}]}]}""",
            """{"schema":1,"channel":"/run/redis.sock","mechanism":"unix","kind":"unix stream","inode":100,"queued_bytes":2048,"peer":"producer[4312]:3rw","holders":[{"process":"redis-server","pid":981,"descriptors":[{"fd":6,"mode":"rw"}]}]}""",
        ],
        Ls("-o", "json").OutputLines[..2]);

    [Fact]
    public void Processes_as_json() => Assert.Equal(
        """{"schema":1,"process":"gzip","pid":78,"channels":{"pipe":1},"descriptors":2}""", Ls("processes", "-o", "json").OutputLines[1]);
}
