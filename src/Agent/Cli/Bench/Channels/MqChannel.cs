namespace Ipcscope.Cli.Bench;

/// <summary>mq_send(3) and mq_receive(3).</summary>
internal sealed unsafe class MqChannel(int incoming, int outgoing, int maximum) : IBenchChannel
{
    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        if (LibC.mq_send(outgoing, message, (nuint)size, 0) < 0)
        {
            throw BenchException.Last("mq_send");
        }
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        // The room must be that of the longest message, however short this one is.
        if (LibC.mq_receive(incoming, message, (nuint)maximum, null) != size)
        {
            throw BenchException.Last("mq_receive");
        }
    }
}
