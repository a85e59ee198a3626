namespace Ipcscope.Cli.Bench;

/// <summary>eventfd(2).</summary>
internal sealed class EventFdMechanism() : BatonMechanism("eventfd", BatonChannel.Size)
{
    /// <inheritdoc/>
    public override void Open(BenchObjects objects)
    {
        base.Open(objects);
        objects.Hand(LibC.eventfd(0, 0), "eventfd");
        objects.Hand(LibC.eventfd(0, 0), "eventfd");
    }

    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) =>
        new EventFdBaton(memory, end.IsFirst, end.Handles[end.IsFirst ? 2 : 1], end.Handles[end.IsFirst ? 1 : 2]);
}
