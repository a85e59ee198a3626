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

    /// <summary>Takes from a look what is asked of it.</summary>
    public Surroundings(ChannelEnds ends, Traffic traffic)
    {
        HashSet<ChannelKey> listening = [.. ends.Descriptors.Where(descriptor => descriptor.IsListening).Select(descriptor => descriptor.Key)];
        foreach (Traced flow in traffic.Flows)
        {
            ChannelKey key = flow.Channel!.Key;
            if (!_channels.ContainsKey(key))
            {
                _channels.Add(key, Around.Of(key, flow.Mechanism, ends, listening));
            }
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
