namespace Ipcscope.Cli.Bench;

/// <summary>semop(2).</summary>
internal sealed class SysvSemMechanism() : BatonMechanism("sysv_sem", BatonChannel.Size)
{
    private const int OwnerOnly = 0x180; // 0600

    /// <inheritdoc/>
    public override string Advice => "see sysctl kernel.sem, and ipcs -s";

    /// <inheritdoc/>
    public override void Open(BenchObjects objects)
    {
        base.Open(objects);
        int id = BenchException.Check(LibC.semget(LibC.IPC_PRIVATE, 2, LibC.IPC_CREAT | OwnerOnly), "semget");
        objects.RemoveLater(() => _ = LibC.semctl(id, 0, LibC.IPC_RMID));
        objects.Handles.Add(id);
    }

    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) => new SysvSemBaton(memory, end.IsFirst, end.Handles[1]);
}
