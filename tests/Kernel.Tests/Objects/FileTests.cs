using System.IO.MemoryMappedFiles;
using System.Net.Sockets;
using Ipcscope.Decode;
using Ipcscope.Objects;
using static Ipcscope.KernelTests.Objects.LibC;

namespace Ipcscope.KernelTests.Objects;

[Collection(nameof(ObjectSight))]
public sealed class FileTests(ObjectSight sight) : IDisposable
{
    private static readonly ulong Page = (ulong)Environment.SystemPageSize;
    private static readonly uint Self = (uint)Environment.ProcessId;
    private readonly string _directory = Directory.CreateTempSubdirectory("ipcscope-objects").FullName;

    [Fact]
    public void A_fifo_that_is_open()
    {
        string path = $"{_directory}/fifo";
        Check(mkfifo(path, 0x180));
        Assert.False(sight.Has(Mechanism.Fifo, path));
        int fd = Check(open(path, OpenReadWrite, 0));
        IpcObject fifo = sight.The(Mechanism.Fifo, path);
        Assert.Equal((0x180u, Self, 1, ObjectState.None), (fifo.Mode!.Value, Assert.Single(fifo.Users).Pid, fifo.Users[0].Descriptors, fifo.State));
        File.Delete(path);
        Assert.Equal(ObjectState.Removed, sight.The(Mechanism.Fifo, path).State);
        Check(close(fd));
        Assert.False(sight.Has(Mechanism.Fifo, path));
    }

    [Theory]
    [InlineData(SocketType.Stream, "stream")]
    [InlineData(SocketType.Seqpacket, "seqpacket")]
    public void A_listening_socket_tells_who_waits(SocketType type, string kind)
    {
        string path = $"{_directory}/{kind}";
        using Socket listener = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        Assert.False(sight.Has(Mechanism.Unix, path));
        Check(chmod(path, 0x190));
        listener.Listen(7);
        using Socket one = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        using Socket two = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        one.Connect(new UnixDomainSocketEndPoint(path));
        two.Connect(new UnixDomainSocketEndPoint(path));
        IpcObject socket = sight.The(Mechanism.Unix, path);
        Assert.Equal((kind, 2UL, 7UL, 0x190u), (socket.Kind, socket.Messages!.Value, socket.MessagesLimit!.Value, socket.Mode!.Value));
        Assert.Equal((Self, ObjectState.None), (Assert.Single(socket.Users).Pid, socket.State));
        File.Delete(path);
        Assert.Equal(ObjectState.Removed, sight.The(Mechanism.Unix, path).State);
    }

    [Fact]
    public void Abstract_and_datagram_sockets_are_listed_by_name()
    {
        using Socket stream = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        stream.Bind(new UnixDomainSocketEndPoint("\0ipcscope-objects"));
        stream.Listen(1);
        using Socket datagrams = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(new UnixDomainSocketEndPoint($"{_directory}/datagrams"));
        Assert.Null(sight.The(Mechanism.Unix, "@ipcscope-objects").Mode);
        Assert.Equal("dgram", sight.The(Mechanism.Unix, $"{_directory}/datagrams").Kind);
    }

    [Fact]
    public void A_file_that_is_mapped_has_its_pages_and_users()
    {
        string path = $"{_directory}/file";
        File.WriteAllBytes(path, new byte[(2 * (int)Page) + 5]);
        using (MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open))
        using (MemoryMappedViewAccessor view = file.CreateViewAccessor())
        {
            IpcObject mapped = Assert.Single(sight.All(), o => o.Name == path);
            Assert.Equal(((2 * Page) + 5, 3 * Page), (mapped.Size!.Value, mapped.Resident!.Value));
            Assert.Equal((Self, 3 * Page), (Assert.Single(mapped.Users).Pid, mapped.Users[0].Mapped));
            Assert.Equal(Mechanism.FileMap, mapped.Mechanism);
            File.Delete(path);
            Assert.Equal(ObjectState.Removed, Assert.Single(sight.All(), o => o.Name == path).State);
        }
        Assert.DoesNotContain(sight.All(), o => o.Name == path);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
