using System.Net;
using System.Net.Sockets;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Ends;

/// <summary>How full channels are, beside what was put in.</summary>
[Collection(nameof(EndSight))]
public sealed unsafe class QueueTests(EndSight sight) : IDisposable
{
    private static readonly uint Self = (uint)Environment.ProcessId;
    private readonly string _directory = Directory.CreateTempSubdirectory("ipcscope-queues").FullName;

    private Descriptor The(Func<Descriptor, bool> which) => sight.Look().Descriptors.First(descriptor => descriptor.Pid == Self && which(descriptor));

    private QueueState Of(nint fd) => The(descriptor => descriptor.Fd == fd).Queue;

    [Fact]
    public void A_pipe_by_buffers_and_bytes()
    {
        int* fds = stackalloc int[2];
        Check(pipe(fds));
        byte* page = stackalloc byte[Environment.SystemPageSize];
        Check(fcntl(fds[1], SetPipeSize, 4 * Environment.SystemPageSize));
        QueueState empty = Of(fds[0]);
        Assert.Equal((QueueUnit.Buffers, new QueueLevel(0, 4), new QueueLevel(0, 4 * Environment.SystemPageSize)), (empty.Unit, empty.Items, empty.Bytes));
        // A write that fits is joined to the last buffer, and one that is read in part is a buffer still.
        Check((int)write(fds[1], page, 100));
        Check((int)write(fds[1], page, 28));
        Check((int)read(fds[0], page, 100));
        QueueState some = Of(fds[1]);
        Assert.Equal((new QueueLevel(1, 4), 28L, false), (some.Items, some.Bytes.Used, some.IsFull));
        for (int i = 0; i < 3; i++)
        {
            Check((int)write(fds[1], page, (nuint)Environment.SystemPageSize));
        }
        QueueState full = Of(fds[0]); // by buffers, though not by bytes
        Assert.Equal((new QueueLevel(4, 4), 28L + (3 * Environment.SystemPageSize), true), (full.Items, full.Bytes.Used, full.IsFull));
        Check(close(fds[0]));
        Check(close(fds[1]));
    }

    [Fact]
    public void A_unix_stream_by_bytes_and_by_what_its_sender_has_under_way()
    {
        (Socket one, Socket other) = Pair(SocketType.Stream);
        using Socket a = one, b = other;
        a.Send(new byte[3000]);
        a.Send(new byte[96]);
        Assert.Equal(3000, b.Receive(new byte[3000]));
        Assert.Equal(6, b.Receive(new byte[6]));
        QueueState reader = Of(b.Handle);
        Assert.Equal((90, 1), (reader.Bytes.Used, reader.Items.Used));
        QueueState writer = Of(a.Handle);
        Assert.InRange(writer.Sent.Used, 96, 4096); // the buffer, with what the kernel needs for it
        Assert.Equal(a.SendBufferSize, writer.Sent.Limit);
        Assert.Equal(90, b.Receive(new byte[200]));
        Assert.Equal((0, 0), (Of(b.Handle).Bytes.Used, Of(a.Handle).Sent.Used));
    }

    [Fact]
    public void Unix_datagrams_by_number_and_bytes()
    {
        string path = $"{_directory}/log";
        using Socket log = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(path));
        using Socket sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        sender.Connect(new UnixDomainSocketEndPoint(path));
        sender.Send(new byte[10]);
        sender.Send(new byte[20]);
        QueueState queue = Of(log.Handle);
        Assert.Equal((QueueUnit.Messages, new QueueLevel(2, Sysctl("net/unix/max_dgram_qlen")), 30L), (queue.Unit, queue.Items, queue.Bytes.Used));
    }

    [Theory]
    [InlineData(AddressFamily.Unix)]
    [InlineData(AddressFamily.InterNetwork)]
    public void A_listener_by_connections_that_wait(AddressFamily family)
    {
        EndPoint where = family == AddressFamily.Unix ? new UnixDomainSocketEndPoint($"{_directory}/listener") : new IPEndPoint(IPAddress.Loopback, 0);
        using Socket listener = new(family, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(where);
        listener.Listen(7);
        using Socket first = new(family, SocketType.Stream, ProtocolType.Unspecified);
        using Socket second = new(family, SocketType.Stream, ProtocolType.Unspecified);
        first.Connect(listener.LocalEndPoint!);
        second.Connect(listener.LocalEndPoint!);
        Descriptor descriptor = The(each => each.Fd == listener.Handle);
        Assert.True(descriptor.IsListening);
        Assert.Equal((QueueUnit.Connections, new QueueLevel(2, 7)), (descriptor.Queue.Unit, descriptor.Queue.Items));
        listener.Accept().Dispose();
        Assert.Equal(new QueueLevel(1, 7), Of(listener.Handle).Items);
    }

    [Fact]
    public void Tcp_by_bytes_and_memory_of_both_sides()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = true };
        client.Connect(listener.LocalEndPoint!);
        using Socket server = listener.Accept();
        client.Send(new byte[1234]);
        Assert.Equal(34, server.Receive(new byte[34]));
        QueueState reader = Of(server.Handle);
        Assert.Equal(1200, reader.Bytes.Used);
        Assert.InRange(reader.Memory.Used, 1200, 16384);
        Assert.Equal(server.ReceiveBufferSize, reader.Memory.Limit);
        Assert.Equal(new QueueLevel(0, client.SendBufferSize), Of(client.Handle).Sent); // acknowledged, though not read
        client.Blocking = false;
        SocketError error = SocketError.Success;
        while (error == SocketError.Success)
        {
            client.Send(new byte[65536], 0, 65536, SocketFlags.None, out error);
        }
        Assert.Equal(SocketError.WouldBlock, error);
        Assert.InRange(Of(client.Handle).Sent.Used, 1, long.MaxValue);
    }

    [Fact]
    public void Udp_by_datagrams_and_memory()
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(server.LocalEndPoint!);
        client.Send(new byte[10]);
        client.Send(new byte[20]);
        client.Send(new byte[30]);
        QueueState queue = Of(server.Handle);
        Assert.Equal((QueueUnit.Messages, new QueueLevel(3, -1), server.ReceiveBufferSize), (queue.Unit, queue.Items, (int)queue.Memory.Limit));
        Assert.InRange(queue.Memory.Used, 3 * 256, 3 * 4096);
    }

    [Fact]
    public void A_posix_queue_by_messages_and_bytes()
    {
        string name = $"/ipcscope-{Self}";
        QueueLimits limits = new() { Messages = 5, MessageSize = 64 };
        int fd = Check(mq_open(name, OpenCreate | OpenReadWrite, 0x180, &limits));
        Check(mq_unlink(name));
        byte* message = stackalloc byte[64];
        Check(mq_send(fd, message, 10, 0));
        Check(mq_send(fd, message, 20, 1));
        Descriptor queue = The(each => each.Fd == fd);
        Assert.Equal((QueueUnit.Messages, new QueueLevel(2, 5), new QueueLevel(30, 320)), (queue.Queue.Unit, queue.Queue.Items, queue.Queue.Bytes));
        Assert.Equal((Mechanism.Mq, name), (queue.Info.Mechanism, Flows.ChannelNames.Name(queue.Key, queue.Info)));
        Check(close(fd));
    }

    [Fact]
    public void A_system_v_queue_by_messages_and_bytes()
    {
        int id = Check(msgget(0, Create | 0x180));
        byte* message = stackalloc byte[64];
        *(long*)message = 1;
        Check(msgsnd(id, message, 10, 0));
        Check(msgsnd(id, message, 20, 0));
        ChannelEnds ends = sight.Look();
        ChannelKey key = sight.Used(Mechanism.SysvMsg, channel => channel.Inode == (ulong)id);
        QueueState queue = ends.Queue(key)!.Value;
        Assert.Equal((QueueUnit.Messages, new QueueLevel(2, -1), new QueueLevel(30, Sysctl("kernel/msgmnb"))), (queue.Unit, queue.Items, queue.Bytes));
        Check(msgctl(id, Remove, null));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static long Sysctl(string name) => long.Parse(File.ReadAllText($"/proc/sys/{name}"), System.Globalization.CultureInfo.InvariantCulture);

    private (Socket One, Socket Other) Pair(SocketType type)
    {
        string path = $"{_directory}/pair";
        using Socket listener = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        Socket one = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        one.Connect(new UnixDomainSocketEndPoint(path));
        return (one, listener.Accept());
    }
}
