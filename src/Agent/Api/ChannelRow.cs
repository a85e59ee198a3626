using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A channel.</summary>
internal sealed class ChannelRow(Channel channel, string id) : Row(id, channel.Name)
{
    /// <summary>The channel.</summary>
    public Channel Channel => channel;

    /// <summary>Who is at its ends, who has used it first.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>What the last thorough look has shown of it.</summary>
    public Around Around { get; set; } = Around.Nothing;

    /// <summary>Its flows.</summary>
    public List<Traced> Flows { get; } = [];
}
