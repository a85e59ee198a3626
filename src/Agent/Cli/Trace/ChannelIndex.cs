using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Finds channels by key, for the thread that reads the ring.</summary>
/// <param name="time">Clock.</param>
internal sealed class ChannelIndex(TimeProvider time)
{
    /// <summary>Looking costs a copy of all flows: it may take at most this part of the time.</summary>
    private const int Thrift = 20;

    private readonly Dictionary<ChannelKey, Channel> _channels = [];
    private FlowSample[] _flows = [];
    private long _next;

    /// <summary>Where flows are; null before the capture has started.</summary>
    public IFlowSource? Source { get; set; }

    /// <summary>The channel; null if nothing is known of it (yet).</summary>
    public Channel? Find(in ChannelKey key)
    {
        if (!_channels.TryGetValue(key, out Channel? channel) && Source is { } source && time.GetTimestamp() is var now && now >= _next)
        {
            Refresh(source);
            _next = now + (Thrift * (time.GetTimestamp() - now));
            _channels.TryGetValue(key, out channel);
        }
        return channel;
    }

    private void Refresh(IFlowSource source)
    {
        int count = source.CopyFlows(ref _flows);
        _channels.Clear();
        foreach (ref FlowSample flow in _flows.AsSpan(0, count))
        {
            _channels[flow.Channel.Key] = flow.Channel;
        }
    }
}
