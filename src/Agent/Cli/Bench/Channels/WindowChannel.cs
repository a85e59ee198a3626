namespace Ipcscope.Cli.Bench;

/// <summary>
/// Acknowledges in windows what would be dropped if the receiver's buffer were full: UDP. A window is far smaller than the buffer, so
/// nothing is lost; going to and fro, nothing can be.
/// </summary>
internal sealed unsafe class WindowChannel(IBenchChannel channel) : IBenchChannel
{
    /// <summary>Bytes under way, less than half of what the kernel gives a socket by default (212,992).</summary>
    private const int WindowBytes = 96 << 10;

    /// <summary>What the kernel's bookkeeping of a datagram counts at least.</summary>
    private const int Overhead = 1024;

    private const int AcknowledgementSize = IBenchChannel.StampSize;

    // In front of it is room, as in front of every message.
    private readonly byte* _acknowledgement = BenchMemory.AllocateMessage(AcknowledgementSize);
    private int _window;
    private int _left;

    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
        _window = streaming ? Math.Max(1, WindowBytes / (size + Overhead)) : int.MaxValue;
        _left = _window;
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        channel.Send(message, size);
        if (--_left == 0)
        {
            channel.Receive(_acknowledgement, AcknowledgementSize);
            _left = _window;
        }
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        channel.Receive(message, size);
        if (--_left == 0)
        {
            channel.Send(_acknowledgement, AcknowledgementSize);
            _left = _window;
        }
    }
}
