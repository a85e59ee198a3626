using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Flows;

public sealed class ChannelNamesTests
{
    private const uint Device = (8 << 20) | 1;
    private const uint Namespace = 4026531839;
    private static readonly ChannelKey Key = new(131, Device, 16);

    private static ChannelInfo Info(Mechanism mechanism, string path = "", ulong id = 0, ulong key = 0, uint target = 0, uint ns = 0)
    {
        ChannelInfo info = new() { Mechanism = mechanism, PathLength = (byte)Encoding.UTF8.GetByteCount(path), Id = id, Key = key, Target = target, Ns = ns };
        Encoding.UTF8.GetBytes(path, info.Path);
        return info;
    }

    [Theory]
    [InlineData(Mechanism.Pipe, "", "pipe:[131]")]
    [InlineData(Mechanism.Fifo, "", "fifo:[131]")]
    [InlineData(Mechanism.Unix, "", "socket:[131]")]
    [InlineData(Mechanism.Unix, "/run/redis.sock", "/run/redis.sock")]
    [InlineData(Mechanism.Unix, "\0bus\0x", "@bus@x")]
    [InlineData(Mechanism.Mq, "jobs", "/jobs")]
    [InlineData(Mechanism.Mq, "", "mqueue:[4026531839]")]
    [InlineData(Mechanism.Shm, "frames", "/frames")]
    [InlineData(Mechanism.Shm, "a:b", "/a:b")]
    [InlineData(Mechanism.Shm, "memfd:frames", "memfd:frames")]
    [InlineData(Mechanism.Shm, "", "anonymous:[131]")]
    [InlineData(Mechanism.Shm, "dev/zero", "anonymous:[131]")]
    [InlineData(Mechanism.Shm, "anon_hugepage", "hugetlb:[131]")]
    [InlineData(Mechanism.FileMap, "data.db", "data.db [8:1:131]")]
    [InlineData(Mechanism.FileMap, "", "[8:1:131]")]
    public void AnObjectHasItsName(Mechanism mechanism, string path, string name) =>
        Assert.Equal(name, ChannelNames.Name(Key, Info(mechanism, path, ns: Namespace)));

    [Theory]
    [InlineData(Mechanism.SysvMsg, 65538UL, 0x51UL, "msg:65538 key 0x51")]
    [InlineData(Mechanism.SysvSem, 0UL, 0UL, "sem:0")]
    [InlineData(Mechanism.SysvShm, 7UL, 0xFFFFFFFFUL, "shm:7 key 0xffffffff")]
    [InlineData(Mechanism.SysvMsg, ulong.MaxValue, 0x51UL, "key 0x51")]
    [InlineData(Mechanism.SysvShm, uint.MaxValue, 0UL, "shm:[4026531839]")]
    public void SystemVHasIdAndKey(Mechanism mechanism, ulong id, ulong key, string name) =>
        Assert.Equal(name, ChannelNames.Name(new ChannelKey(id, Namespace, (uint)mechanism), Info(mechanism, id: id, key: key, ns: Namespace)));

    [Theory]
    [InlineData("sem.jobs", "sem.jobs+0x40")]
    [InlineData("", "anonymous:[131]+0x40")]
    [InlineData("memfd:x", "memfd:x+0x40")]
    public void AFutexIsAPlaceInAnObject(string path, string name) => Assert.Equal(name, ChannelNames.Name(Key, Info(Mechanism.Futex, path, id: 0x40)));

    [Fact]
    public void AFutexWithoutADeviceIsPrivate() =>
        Assert.Equal("private[16]+0x7f0040", ChannelNames.Name(Key with { Device = 0 }, Info(Mechanism.Futex, id: 0x7f0040)));

    [Theory]
    [InlineData(Mechanism.Eventfd, 12UL, "eventfd:[12]", "")]
    [InlineData(Mechanism.Pty, 3UL, "/dev/pts/3", "")]
    [InlineData(Mechanism.IoUring, 5UL, "io_uring:[5]", "")]
    [InlineData(Mechanism.Signal, 15UL, "SIGTERM → redis[981]", "redis[981]")]
    [InlineData(Mechanism.Signal, 37UL, "SIGRTMIN+3 → redis[981]", "redis[981]")]
    [InlineData(Mechanism.ProcessVm, 0UL, "memory of redis[981]", "redis[981]")]
    [InlineData(Mechanism.Netlink, 0UL, "netlink:ROUTE[4312]", "kernel")]
    [InlineData(Mechanism.Netlink, 16UL, "netlink:GENERIC[4312]", "kernel")]
    [InlineData(Mechanism.Netlink, 40UL, "netlink:40[4312]", "kernel")]
    public void TheRestIsNumbered(Mechanism mechanism, ulong id, string name, string peer)
    {
        ChannelInfo info = Info(mechanism, mechanism is Mechanism.Signal or Mechanism.ProcessVm ? "redis" : "", id, 4312, target: 981);
        Assert.Equal((name, peer), (ChannelNames.Name(Key, info), ChannelNames.Peer(info)));
    }

    [Fact]
    public void AVsockHasMachinesAndPorts()
    {
        ChannelInfo info = Info(Mechanism.Vsock, id: (2UL << 32) | 1024, key: (7UL << 32) | 5000);
        Assert.Equal(("2:1024 → 7:5000", "7:5000"), (ChannelNames.Name(Key, info), ChannelNames.Peer(info)));
        ChannelInfo listener = Info(Mechanism.Vsock, id: (0xFFFFFFFFUL << 32) | 1024);
        Assert.Equal(("*:1024", ""), (ChannelNames.Name(Key, listener), ChannelNames.Peer(listener)));
    }

    [Theory]
    [InlineData(Mechanism.Pipe, "pipe:[981]")]
    [InlineData(Mechanism.Tcp, "socket:[981]")]
    [InlineData(Mechanism.Signal, "SIGTERM → [981]")]
    [InlineData(Mechanism.ProcessVm, "memory of [981]")]
    [InlineData(Mechanism.SysvSem, "sem:981")]
    [InlineData(Mechanism.Shm, "anonymous:[981]")]
    [InlineData(Mechanism.Futex, "anonymous:[981]+0x40")]
    [InlineData(Mechanism.Eventfd, "eventfd:[981]")]
    public void WithoutMoreTheKeyHasToDo(Mechanism mechanism, string name) =>
        Assert.Equal(name, ChannelNames.Name(new FlowKey(default, new ChannelKey(981, 15, 16), mechanism, Operation.Control)));

    [Theory]
    [InlineData(0x1_0000_0051UL, "key 0x51")]
    [InlineData(0xFFFF_FFFFUL, "msg:[4026531839]")]
    [InlineData(0UL, "msg:0")]
    public void AFailedGetIsKnownByTheKeyOfItsChannel(ulong number, string name) => Assert.Equal(
        name, ChannelNames.Name(new FlowKey(default, new ChannelKey(number, Namespace, 11), Mechanism.SysvMsg, Operation.Get)));

    [Fact]
    public void AGroupThatNobodyIsInIsNegative() => Assert.Equal(
        "SIGTERM → [-5]", ChannelNames.Name(new FlowKey(default, new ChannelKey(unchecked((uint)-5), 15, 0), Mechanism.Signal, Operation.Send)));

    [Theory]
    [InlineData(1UL, "SIGHUP")]
    [InlineData(9UL, "SIGKILL")]
    [InlineData(31UL, "SIGSYS")]
    [InlineData(32UL, "SIG32")]
    [InlineData(34UL, "SIGRTMIN")]
    [InlineData(64UL, "SIGRTMIN+30")]
    [InlineData(65UL, "65")]
    public void SignalsHaveTheirNames(ulong number, string name) => Assert.Equal(name, SignalNames.Name(number));
}
