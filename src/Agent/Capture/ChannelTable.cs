using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>What the kernel programs wrote of channels.</summary>
internal sealed class ChannelTable(BpfObject bpfObject)
{
    private readonly BpfMap _channels = bpfObject.Map("channels");

    /// <summary>Finds what is known of a channel.</summary>
    internal bool TryDescribe(in ChannelKey key, out ChannelInfo info) => _channels.TryLookup(key, out info);

    /// <summary>Forgets a channel.</summary>
    internal void Forget(in ChannelKey key) => _channels.Delete(key);
}
