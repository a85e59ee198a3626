using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>Who maps which memory and uses which System V object; read from the kernel at the first question.</summary>
internal sealed class ObjectEnds
{
    public IEnumerable<End> Of(in ChannelKey channel, Mechanism mechanism) => [];

    public QueueState? QueueOf(in ChannelKey channel) => null;
}
