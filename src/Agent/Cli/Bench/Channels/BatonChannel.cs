namespace Ipcscope.Cli.Bench;

/// <summary>What only wakes and carries no data: the time at which it was sent goes through memory that both processes share.</summary>
/// <param name="memory">At least <see cref="Size"/> bytes.</param>
/// <param name="isFirst">Which of the two processes this is.</param>
internal abstract unsafe class BatonChannel(byte* memory, bool isFirst) : IBenchChannel
{
    /// <summary>What it takes of the shared memory: a cache line a direction.</summary>
    public const int Size = 2 * Line;

    private const int Line = 64;
    private readonly byte* _outgoing = memory + (isFirst ? 0 : Line);
    private readonly byte* _incoming = memory + (isFirst ? Line : 0);

    /// <inheritdoc/>
    public void Begin(int size, bool streaming)
    {
    }

    /// <inheritdoc/>
    public void Send(byte* message, int size)
    {
        Volatile.Write(ref *(long*)_outgoing, *(long*)message);
        Post();
    }

    /// <inheritdoc/>
    public void Receive(byte* message, int size)
    {
        Wait();
        *(long*)message = Volatile.Read(ref *(long*)_incoming);
    }

    /// <summary>Wakes the other process.</summary>
    protected abstract void Post();

    /// <summary>Waits to be woken.</summary>
    protected abstract void Wait();
}
