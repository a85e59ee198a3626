namespace Ipcscope.Cli.Bench;

/// <summary>send(2) and recv(2): connected sockets of every kind. A datagram is sent and taken as a whole.</summary>
internal sealed unsafe class SocketChannel(int fd) : IBenchChannel
{
    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        for (nint done = 0; done < size;)
        {
            nint sent = LibC.send(fd, message + done, (nuint)(size - done), 0);
            done += sent > 0 ? sent : throw BenchException.Last("send");
        }
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        for (nint done = 0; done < size;)
        {
            nint received = LibC.recv(fd, message + done, (nuint)(size - done), 0);
            done += received > 0 ? received : throw BenchException.Last("recv");
        }
    }
}
