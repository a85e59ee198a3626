using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>What goes through a channel, as the last look saw it.</summary>
/// <param name="channel">The channel.</param>
internal sealed class ChannelTraffic(Channel channel)
{
    /// <summary>The channel.</summary>
    public Channel Channel { get; set; } = channel;

    /// <summary>What it is called in addresses.</summary>
    public string Id { get; } = Ids.Of(channel.Key);

    /// <summary>Its flows.</summary>
    public List<Traced> Flows { get; } = [];

    /// <summary>The last look at which something of it was not as before.</summary>
    public uint Changed { get; set; }
}
