namespace Ipcscope.Cli.Bench;

/// <summary>eventfd(2): eight bytes that only count.</summary>
internal sealed unsafe class EventFdBaton(byte* memory, bool isFirst, int incoming, int outgoing) : BatonChannel(memory, isFirst)
{
    /// <inheritdoc/>
    protected override void Post()
    {
        ulong one = 1;
        if (LibC.write(outgoing, (byte*)&one, sizeof(ulong)) != sizeof(ulong))
        {
            throw BenchException.Last("write");
        }
    }

    /// <inheritdoc/>
    protected override void Wait()
    {
        ulong count;
        if (LibC.read(incoming, (byte*)&count, sizeof(ulong)) != sizeof(ulong))
        {
            throw BenchException.Last("read");
        }
    }
}
