namespace Ipcscope.Cli.Bench;

/// <summary>semop(2): the first semaphore of the set for one direction, the second for the other.</summary>
internal sealed unsafe class SysvSemBaton(byte* memory, bool isFirst, int set) : BatonChannel(memory, isFirst)
{
    private readonly ushort _outgoing = isFirst ? (ushort)0 : (ushort)1;
    private readonly ushort _incoming = isFirst ? (ushort)1 : (ushort)0;

    /// <inheritdoc/>
    protected override void Post() => Operate(_outgoing, 1);

    /// <inheritdoc/>
    protected override void Wait() => Operate(_incoming, -1);

    private void Operate(ushort number, short operation)
    {
        LibC.SemaphoreOperation one = new() { Number = number, Operation = operation };
        if (LibC.semop(set, &one, 1) < 0)
        {
            throw BenchException.Last("semop");
        }
    }
}
