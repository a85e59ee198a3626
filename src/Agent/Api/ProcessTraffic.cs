using Ipcscope.Decode;

namespace Ipcscope.Api;

/// <summary>What a process does, whatever images it has run, as the last look saw it.</summary>
/// <param name="process">One of its images.</param>
internal sealed class ProcessTraffic(in ProcessKey process)
{
    /// <summary>What it is called in addresses.</summary>
    public string Id { get; } = Ids.Of(process);

    /// <summary>Its flows.</summary>
    public List<Traced> Flows { get; } = [];

    /// <summary>Its series.</summary>
    public List<Traced> Series { get; } = [];

    /// <summary>The last look at which something of it was not as before.</summary>
    public uint Changed { get; set; }

    /// <summary>The channels that it uses; another set whenever they are others.</summary>
    public IReadOnlySet<ChannelKey> Channels
    {
        get => field ??= Flows.Select(flow => flow.Channel!.Key).ToHashSet();
        private set;
    }

    /// <summary>A flow has come or gone.</summary>
    public void ForgetChannels() => Channels = null!;
}
