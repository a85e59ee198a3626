namespace Ipcscope.Cli.Bench;

/// <summary>Two System V message queues, one a direction. They outlive their users and must be removed.</summary>
internal sealed class SysvMsgMechanism() : BenchMechanism("sysv_msg")
{
    private const int OwnerOnly = 0x180; // 0600
    private const int Maximum = 8192;

    /// <inheritdoc/>
    public override string Advice => "see sysctl kernel.msgmni, and ipcs -q";

    /// <inheritdoc/>
    public override unsafe void Open(BenchObjects objects)
    {
        objects.Piece = Math.Min(Maximum, BenchObjects.ReadLimit("kernel/msgmax", Maximum));
        objects.Limit = "kernel.msgmax";
        for (int direction = 0; direction < 2; direction++)
        {
            int id = BenchException.Check(LibC.msgget(LibC.IPC_PRIVATE, LibC.IPC_CREAT | OwnerOnly), "msgget");
            objects.RemoveLater(() => _ = LibC.msgctl(id, LibC.IPC_RMID, null));
            objects.Handles.Add(id);
        }
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end) => new SysvMsgChannel(end.Incoming, end.Outgoing);
}
