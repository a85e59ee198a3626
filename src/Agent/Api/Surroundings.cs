using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>What one look at who holds what has shown of all channels that were used.</summary>
internal sealed class Surroundings
{
    private readonly Dictionary<ChannelKey, Around> _channels = [];
    private readonly Dictionary<ProcessKey, RunningProcess> _processes = [];

    /// <summary>Before any look.</summary>
    public Surroundings()
    {
    }

    /// <summary>Takes from a look what is asked of it. What is as it was before is the same object as before.</summary>
    public Surroundings(ChannelEnds ends, Traffic traffic, Surroundings before)
    {
        HashSet<ChannelKey> listening = [.. ends.Descriptors.Where(descriptor => descriptor.IsListening).Select(descriptor => descriptor.Key)];
        foreach (ChannelTraffic channel in traffic.Channels)
        {
            ChannelKey key = channel.Channel.Key;
            var around = Around.Of(key, channel.Channel.Mechanism, ends, listening);
            _channels.Add(key, before.Of(key) is var old && old.IsSame(around) ? old : around);
        }
        foreach (RunningProcess process in ends.Processes)
        {
            _processes[process.Key] = process;
        }
    }

    /// <summary>What is around a channel.</summary>
    public Around Of(in ChannelKey channel) => _channels.GetValueOrDefault(channel, Around.Nothing);

    /// <summary>The cgroup of a process; 0: not known.</summary>
    public ulong CgroupOf(in ProcessKey process) => _processes.GetValueOrDefault(process).Cgroup;
}
