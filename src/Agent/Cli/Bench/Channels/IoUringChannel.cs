using Ipcscope.Decode;

namespace Ipcscope.Cli.Bench;

/// <summary>Reads and writes of a pipe that io_uring(7) carries out.</summary>
internal sealed unsafe class IoUringChannel(int readFd, int writeFd) : IBenchChannel
{
    private readonly IoUring _ring = new();

    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size) => Move(IoUring.Write, writeFd, message, size);

    /// <inheritdoc/>
    public void Receive(byte* message, int size) => Move(IoUring.Read, readFd, message, size);

    private void Move(byte operation, int fd, byte* message, int size)
    {
        for (int done = 0; done < size;)
        {
            int moved = _ring.Perform(operation, fd, message + done, size - done);
            done += moved > 0 ? moved : throw new BenchException($"io_uring request: {Errno.Name(-moved)}");
        }
    }
}
