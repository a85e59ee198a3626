namespace Ipcscope.Cli.Bench;

/// <summary>msgsnd(2) and msgrcv(2).</summary>
internal sealed unsafe class SysvMsgChannel(int incoming, int outgoing) : IBenchChannel
{
    private const long Type = 1;

    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        byte* start = message - sizeof(long);
        *(long*)start = Type;
        if (LibC.msgsnd(outgoing, start, (nuint)size, 0) < 0)
        {
            throw BenchException.Last("msgsnd");
        }
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        if (LibC.msgrcv(incoming, message - sizeof(long), (nuint)size, 0, 0) != size)
        {
            throw BenchException.Last("msgrcv");
        }
    }
}
