using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Finds channels by key and processes by number, for the thread that reads the ring.</summary>
/// <param name="time">Clock.</param>
internal sealed class ChannelIndex(TimeProvider time)
{
    /// <summary>Looking costs a copy of all flows: it may take at most this part of the time.</summary>
    private const int Thrift = 20;

    private readonly Dictionary<ChannelKey, Channel> _channels = [];
    private readonly Dictionary<uint, string> _processes = [];
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

    /// <summary>The name of a process that has used a channel; null if it is not known (yet).</summary>
    public string? ProcessName(uint pid) => _processes.GetValueOrDefault(pid);

    private void Refresh(IFlowSource source)
    {
        int count = source.CopyFlows(ref _flows);
        _channels.Clear();
        _processes.Clear();
        foreach (ref FlowSample flow in _flows.AsSpan(0, count))
        {
            _channels[flow.Channel.Key] = flow.Channel;
            _processes[flow.Process.Key.Pid] = flow.Process.Name;
        }
    }
}
