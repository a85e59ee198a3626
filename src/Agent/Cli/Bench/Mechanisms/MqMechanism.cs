namespace Ipcscope.Cli.Bench;

/// <summary>Two POSIX message queues, one a direction. Their names are removed as soon as they are open.</summary>
internal sealed class MqMechanism() : BenchMechanism("mq")
{
    private const uint OwnerOnly = 0x180; // 0600
    private const int MaximumMessages = 10;
    private const int Maximum = 8192;

    /// <inheritdoc/>
    public override string Advice => "see sysctl fs.mqueue.queues_max and ulimit -q";

    /// <inheritdoc/>
    public override unsafe void Open(BenchObjects objects)
    {
        int limit = BenchObjects.ReadLimit("fs/mqueue/msgsize_max", Maximum);
        objects.Piece = Math.Min(Maximum, limit);
        objects.Limit = "fs.mqueue.msgsize_max";
        LibC.MqAttributes attributes = new()
        {
            MaximumMessages = Math.Min(MaximumMessages, BenchObjects.ReadLimit("fs/mqueue/msg_max", MaximumMessages)),
            MessageSize = objects.Piece,
        };
        for (int direction = 0; direction < 2; direction++)
        {
            string name = $"/{BenchObjects.UniqueName()}";
            objects.Hand(LibC.mq_open(name, LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL, OwnerOnly, &attributes), "mq_open");
            _ = LibC.mq_unlink(name);
        }
        objects.Handles.Add(objects.Piece);
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end) => new MqChannel(end.Incoming, end.Outgoing, end.Handles[2]);
}
