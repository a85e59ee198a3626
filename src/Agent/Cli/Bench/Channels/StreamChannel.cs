namespace Ipcscope.Cli.Bench;

/// <summary>read(2) and write(2): pipes and FIFOs.</summary>
internal sealed unsafe class StreamChannel(int readFd, int writeFd) : IBenchChannel
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
            nint written = LibC.write(writeFd, message + done, (nuint)(size - done));
            done += written > 0 ? written : throw BenchException.Last("write");
        }
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        for (nint done = 0; done < size;)
        {
            nint read = LibC.read(readFd, message + done, (nuint)(size - done));
            done += read > 0 ? read : throw BenchException.Last("read");
        }
    }
}
