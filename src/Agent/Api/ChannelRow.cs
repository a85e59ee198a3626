using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A channel.</summary>
internal sealed class ChannelRow(Channel channel, string id) : Row(id, channel.Name)
{
    /// <summary>The channel.</summary>
    public Channel Channel => channel;

    /// <summary>Who is at its ends, who has used it first.</summary>
    public required ChannelEndpoints Ends { get; init; }

    /// <summary>The same.</summary>
    public List<Endpoint> Endpoints => Ends.All;

    /// <summary>What the last thorough look has shown of it.</summary>
    public Around Around { get; init; } = Around.Nothing;

    /// <summary>Its flows.</summary>
    public IReadOnlyList<Traced> Flows { get; init; } = [];

    /// <summary><see cref="Channel.HighWater"/> when this was made.</summary>
    public ulong HighWater { get; } = channel.HighWater;

    /// <summary>What it is, as JSON.</summary>
    public required byte[] Head { get; init; }

    /// <summary>What goes along which edge.</summary>
    public IReadOnlyList<EdgePart> Parts { get; set; } = [];
}
